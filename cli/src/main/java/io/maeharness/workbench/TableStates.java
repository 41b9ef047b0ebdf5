package io.maeharness.workbench;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many values of a table are in which state.
 *
 * @param counts by state, without cells that can have no value
 */
public record TableStates(Map<ResultState, Long> counts) {
    /**
     * Counts a session's values, without downloading images.
     *
     * @throws HarnessException when the images are not there, without which there are no hashes to look for
     * @throws IllegalArgumentException when the profile cannot take the table's changes
     */
    public static TableStates of(Session session, PaperTable table) {
        Plan plan = session.planOffline(Selection.whole(table, session.settings()));
        Map<ResultRow, ResultRow> rows = new TreeMap<>();
        session.output().results().rowsOf(plan.hashes()).forEach(row -> rows.put(row, row));
        return new TableStates(plan.cells().stream()
                .filter(cell -> !isImpossible(cell))
                .collect(Collectors.groupingBy(
                        cell -> state(cell, rows), () -> new EnumMap<>(ResultState.class), Collectors.counting())));
    }

    /** How many values of a session's table are in which state, or why that cannot be said. */
    public static String inWords(Session session, PaperTable table) {
        try {
            return of(session, table).inWords();
        } catch (HarnessException | InvalidSettingException e) {
            return e.getMessage();
        }
    }

    private String inWords() {
        return counts.keySet().stream().allMatch(state -> state == ResultState.PENDING)
                ? "nothing measured yet"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().csv())
                        .collect(Collectors.joining(", ", "values: ", ""));
    }

    private static boolean isImpossible(PlannedCell cell) {
        return cell instanceof PlannedCell.Skipped skipped && skipped.reason().equals(ResultRow.NO_SUCH_VALUE);
    }

    private static ResultState state(PlannedCell cell, Map<ResultRow, ResultRow> rows) {
        if (cell instanceof PlannedCell.Skipped) {
            return ResultState.SKIPPED;
        }
        ResultRow key = ResultRow.missing(
                cell.key().table(),
                cell.key().caseKey(),
                cell.key().metric(),
                cell.seed(),
                ResultState.PENDING,
                cell.stage(),
                "not run yet");
        return rows.getOrDefault(key, key).state();
    }
}
