package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the rows of a plan's cells from what became of their stages. */
final class RowBook {
    private final ResultStore store;
    private final Map<String, List<PlannedCell.Measured>> byStage;
    private final List<PlannedCell> cells;

    RowBook(Plan plan, OutputDirectory output) {
        store = output.results();
        cells = plan.cells();
        byStage = cells.stream()
                .filter(PlannedCell.Measured.class::isInstance)
                .map(PlannedCell.Measured.class::cast)
                .collect(Collectors.groupingBy(PlannedCell.Measured::stage));
    }

    /**
     * Brings the store up to date with what is finished, and notes what is still to come.
     *
     * @param finished records by the hash of their stage
     * @param outcomes by the hash of their stage, also those whose provenance is in the store already
     */
    void begin(Map<String, StageRecord> finished, Map<String, StageOutcome> outcomes) {
        List<ResultRow> rows = new ArrayList<>();
        TreeSet<ResultRow> known = new TreeSet<>(store.rows());
        for (PlannedCell cell : cells) {
            ResultRow row = firstRow(cell, outcomes);
            if (row.state() != ResultState.PENDING || !known.contains(row)) {
                rows.add(row);
            }
        }
        finished.values().forEach(this::keepProvenance);
        store.put(rows);
    }

    private static ResultRow firstRow(PlannedCell cell, Map<String, StageOutcome> outcomes) {
        if (cell instanceof PlannedCell.Skipped skipped) {
            return missing(cell, ResultState.SKIPPED, "", skipped.reason());
        }
        if (cell instanceof PlannedCell.Computed computed) {
            return computed.row();
        }
        PlannedCell.Measured measured = (PlannedCell.Measured) cell;
        return outcomes.containsKey(measured.stage())
                ? measured(measured, outcomes.get(measured.stage()))
                : missing(cell, ResultState.PENDING, measured.stage(), "not run yet");
    }

    /** Writes the rows of a finished stage; returns the tables they are in. */
    Set<String> finished(PlannedStage stage, StageRecord record) {
        keepProvenance(record);
        return put(stage, cell -> measured(cell, record.outcome()));
    }

    /** Writes that a stage has no result; returns the tables it would have been in. */
    Set<String> missing(PlannedStage stage, ResultState state, String reason) {
        return put(stage, cell -> missing(cell, state, cell.stage(), reason));
    }

    private Set<String> put(PlannedStage stage, Function<PlannedCell.Measured, ResultRow> row) {
        Collection<ResultRow> rows =
                byStage.getOrDefault(stage.hash(), List.of()).stream().map(row).toList();
        if (!rows.isEmpty()) {
            store.put(rows);
        }
        return rows.stream().map(ResultRow::table).collect(Collectors.toCollection(TreeSet::new));
    }

    private void keepProvenance(StageRecord record) {
        Provenance provenance = record.published();
        if (store.provenance().read(provenance.key()).filter(provenance::equals).isEmpty()) {
            store.provenance().write(provenance);
        }
    }

    private static ResultRow measured(PlannedCell.Measured cell, StageOutcome outcome) {
        return ResultRow.measured(
                cell.key().table(),
                cell.key().caseKey(),
                cell.key().metric(),
                cell.seed(),
                outcome.metrics().get(cell.value()),
                cell.stage(),
                cell.stage());
    }

    private static ResultRow missing(PlannedCell cell, ResultState state, String stage, String reason) {
        return ResultRow.missing(
                cell.key().table(), cell.key().caseKey(), cell.key().metric(), cell.seed(), state, stage, reason);
    }
}
