package io.maeharness.workbench.report;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of stores that are of a configuration: those whose cell is measured by the very stage that its plans have. */
final class ReportRows {
    private final List<Plan> plans;
    private final Predicate<String> columns;
    private final Map<Place, ResultRow> computed = new HashMap<>();

    /**
     * Rows of these plans.
     *
     * @param columns whether the column of a metric is shown
     */
    ReportRows(List<Plan> plans, Predicate<String> columns) {
        this.plans = plans;
        this.columns = columns;
        plans.stream()
                .flatMap(plan -> plan.cells().stream())
                .filter(PlannedCell.Computed.class::isInstance)
                .map(PlannedCell.Computed.class::cast)
                .map(PlannedCell.Computed::row)
                .forEach(row -> computed.put(Place.of(row), row));
    }

    private record Place(CellKey cell, long seed) {
        static Place of(ResultRow row) {
            return new Place(row.cell(), row.seed());
        }
    }

    /** A cell and the stage that gives its value. */
    private record Source(CellKey cell, String stage) {}

    /**
     * The rows of this configuration: those without a stage, and those whose cell is measured by their very stage. The
     * same cell may have been measured of a pre-training and, in another run, of an imported model. What follows from the
     * configuration alone is computed anew, whatever stands in the rows that ask for it.
     */
    List<ResultRow> of(ResultStore store) {
        List<ResultRow> stored = store.rows();
        return Stream.concat(
                        ofItsStage(stored).filter(row -> !computed.containsKey(Place.of(row))),
                        stored.stream()
                                .filter(row -> row.state() == ResultState.MEASURED)
                                .map(Place::of)
                                .distinct()
                                .flatMap(place -> Optional.ofNullable(computed.get(place)).stream()))
                .filter(row -> columns.test(row.metric()))
                .toList();
    }

    /** As they are stored. */
    List<ResultRow> stored(ResultStore store) {
        return ofItsStage(store.rows())
                .filter(row -> columns.test(row.metric()))
                .toList();
    }

    private Stream<ResultRow> ofItsStage(List<ResultRow> stored) {
        Set<Source> sources = plans.stream()
                .flatMap(plan -> plan.cells().stream())
                .map(cell -> new Source(cell.key(), cell.stage()))
                .collect(Collectors.toSet());
        return stored.stream().filter(row -> sources.contains(new Source(row.cell(), row.stage())));
    }

    /**
     * Values of a store that were measured by an earlier definition of this configuration's stages, where there are none of
     * today's: shown, marked, and never put into one mean with others.
     */
    List<ResultRow> earlier(ResultStore store) {
        return new EarlierRows(plans)
                .in(store, of(store)).stream()
                        .filter(row -> columns.test(row.metric()))
                        .toList();
    }

    /** How many seeds the measured values of rows are of. */
    int seeds(List<ResultRow> rows) {
        return Math.toIntExact(rows.stream()
                .filter(row -> row.state() == ResultState.MEASURED && !computed.containsKey(Place.of(row)))
                .map(ResultRow::seed)
                .distinct()
                .count());
    }
}
