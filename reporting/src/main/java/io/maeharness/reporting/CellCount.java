package io.maeharness.reporting;

import io.maeharness.results.ResultState;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * How many cells are in which state; cells that cannot have a value are none of them.
 *
 * @param measured cells with a number
 * @param failed cells whose stage broke off
 * @param skipped cells deliberately not run
 * @param pending cells not run yet
 */
public record CellCount(int measured, int failed, int skipped, int pending) {

    /** Counts the cells of some tables. */
    public static CellCount of(Collection<TableView> tables) {
        return new CellCount(
                count(tables, ResultState.MEASURED),
                count(tables, ResultState.FAILED),
                count(tables, ResultState.SKIPPED),
                count(tables, ResultState.PENDING));
    }

    /** All cells. */
    public int total() {
        return measured + failed + skipped + pending;
    }

    /** The count in words, for example {@code 12 of 20 cells measured, 8 pending}; states without a cell are left out. */
    public String inWords() {
        StringBuilder text =
                new StringBuilder(measured + " of " + total() + (total() == 1 ? " cell" : " cells") + " measured");
        append(text, pending, "pending");
        append(text, failed, "failed");
        append(text, skipped, "skipped");
        return text.toString();
    }

    private static void append(StringBuilder text, int count, String state) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(state);
        }
    }

    private static int count(Collection<TableView> tables, ResultState state) {
        Stream<TableView.Entry> entries = tables.stream().flatMap(TableView::entries);
        return Math.toIntExact(entries.map(TableView.Entry::ours)
                .filter(cell -> cell.state() == state && !cell.isImpossible())
                .count());
    }
}
