package io.maeharness.ablations.replay;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.tables.Column;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import java.util.Optional;

/**
 * Under which name a stage yields the value of a cell: {@code top1} for {@code ft}.
 *
 * @param tables the tables there are
 * @param settings a profile; names do not depend on which
 */
public record MetricNames(PaperTables tables, Settings settings) {
    /** Name of a cell's value among its stage's metrics; empty where no table of today has the cell. */
    public Optional<String> of(CellKey cell) {
        return tables.all().stream()
                .filter(table -> table.id().equals(cell.table()))
                .flatMap(table -> table.table(settings).rows().stream())
                .filter(row -> row.key().equals(cell.caseKey()))
                .flatMap(row -> row.columns().stream())
                .filter(column -> column.key().equals(cell.metric()))
                .map(Column::measurement)
                .filter(Column.OfStage.class::isInstance)
                .map(measurement -> ((Column.OfStage) measurement).value())
                .findFirst();
    }
}
