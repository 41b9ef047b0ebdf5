package io.maeharness.results.difference;

import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The measured values of two runs, cell by cell and seed by seed. Where a run holds several definitions of one value, that
 * which the other run has too is taken, else the one that was measured last.
 */
final class PairedCells {
    private final SortedMap<CellKey, SortedMap<Long, ResultRow>> before;
    private final SortedMap<CellKey, SortedMap<Long, ResultRow>> after;

    private PairedCells(
            SortedMap<CellKey, SortedMap<Long, ResultRow>> before,
            SortedMap<CellKey, SortedMap<Long, ResultRow>> after) {
        this.before = before;
        this.after = after;
    }

    static PairedCells of(ResultStore before, ResultStore after) {
        List<ResultRow> first = measured(before);
        List<ResultRow> second = measured(after);
        return new PairedCells(chosen(before, first, second), chosen(after, second, first));
    }

    private static List<ResultRow> measured(ResultStore store) {
        return store.rows().stream()
                .filter(row -> row.state() == ResultState.MEASURED)
                .toList();
    }

    private record Place(CellKey cell, long seed, String stage) {
        static Place of(ResultRow row) {
            return new Place(row.cell(), row.seed(), row.stage());
        }
    }

    private static SortedMap<CellKey, SortedMap<Long, ResultRow>> chosen(
            ResultStore store, List<ResultRow> rows, List<ResultRow> others) {
        var shared = others.stream().map(Place::of).collect(Collectors.toSet());
        Comparator<ResultRow> better = Comparator.<ResultRow, Boolean>comparing(row -> shared.contains(Place.of(row)))
                .thenComparing(row -> begun(store, row));
        SortedMap<CellKey, SortedMap<Long, ResultRow>> cells = new TreeMap<>();
        rows.forEach(row -> cells.computeIfAbsent(row.cell(), cell -> new TreeMap<>())
                .merge(row.seed(), row, (one, other) -> better.compare(one, other) >= 0 ? one : other));
        return cells;
    }

    /** When a row's stage was begun, as a text that sorts; the empty text where no record says. */
    private static String begun(ResultStore store, ResultRow row) {
        return row.provenance().isEmpty()
                ? ""
                : store.provenance()
                        .read(row.provenance())
                        .map(record -> record.cost().start().toString())
                        .orElse("");
    }

    /** Cells with a value in both runs. */
    SortedSet<CellKey> inBoth() {
        SortedSet<CellKey> cells = new TreeSet<>(before.keySet());
        cells.retainAll(after.keySet());
        return cells;
    }

    /** Cells with a value in the first run alone. */
    SortedSet<CellKey> onlyBefore() {
        SortedSet<CellKey> cells = new TreeSet<>(before.keySet());
        cells.removeAll(after.keySet());
        return cells;
    }

    /** Cells with a value in the second run alone. */
    SortedSet<CellKey> onlyAfter() {
        SortedSet<CellKey> cells = new TreeSet<>(after.keySet());
        cells.removeAll(before.keySet());
        return cells;
    }

    /** Rows of the first run by cell and seed. */
    Map<CellKey, SortedMap<Long, ResultRow>> before() {
        return Collections.unmodifiableMap(before);
    }

    /** Rows of the second run by cell and seed. */
    Map<CellKey, SortedMap<Long, ResultRow>> after() {
        return Collections.unmodifiableMap(after);
    }
}
