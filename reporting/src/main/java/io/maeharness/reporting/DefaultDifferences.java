package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.CellKey;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import io.maeharness.results.statistics.DefaultComparison;
import io.maeharness.results.statistics.TwoWayLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows of a column against their default by Dunnett's procedure: intervals and marks that hold for all rows together,
 * from the residuals of cases over seeds. With one seed there are none.
 */
final class DefaultDifferences {
    /** Probability with which the intervals of a column cover all true differences. */
    static final double COVERAGE = 0.95;

    private final Map<CaseLayout, DefaultComparison.Row> compared = new HashMap<>();

    private DefaultDifferences() {}

    /** The comparisons of a column. */
    static DefaultDifferences of(TableLayout table, MetricLayout metric, Map<CellKey, List<ResultRow>> byCell) {
        DefaultDifferences differences = new DefaultDifferences();
        Map<CaseLayout, List<ResultRow>> rows = new HashMap<>();
        table.cases().forEach(row -> rows.put(row, byCell.getOrDefault(table.cell(row, metric), List.of())));
        Map<CaseLayout, List<CaseLayout>> byDefault = new HashMap<>();
        for (CaseLayout row : table.cases()) {
            if (!row.isDefault()) {
                table.defaultFor(row).ifPresent(reference -> byDefault
                        .computeIfAbsent(reference, key -> new ArrayList<>())
                        .add(row));
            }
        }
        byDefault.forEach((reference, others) -> differences.compare(reference, others, rows));
        return differences;
    }

    private void compare(CaseLayout reference, List<CaseLayout> others, Map<CaseLayout, List<ResultRow>> rows) {
        List<CaseLayout> cases = new ArrayList<>(List.of(reference));
        cases.addAll(others);
        List<SortedMap<Long, Double>> values = new ArrayList<>();
        SortedSet<Long> seeds = new TreeSet<>();
        cases.removeIf(row -> !varies(bySeed(rows.getOrDefault(row, List.of()))));
        if (!cases.contains(reference)) {
            return;
        }
        for (CaseLayout row : cases) {
            SortedMap<Long, Double> measured = bySeed(rows.get(row));
            values.add(measured);
            seeds.addAll(measured.keySet());
        }
        TwoWayLayout layout = TwoWayLayout.of(values.stream()
                .map(measured -> seeds.stream()
                        .mapToDouble(seed -> measured.getOrDefault(seed, Double.NaN))
                        .toArray())
                .toArray(double[][]::new));
        layout.variance().filter(variance -> variance.value() > 0).ifPresent(variance -> DefaultComparison.of(
                        layout, cases.indexOf(reference), variance, COVERAGE)
                .rows()
                .forEach(row -> compared.put(cases.get(row.caseIndex()), row)));
    }

    private static SortedMap<Long, Double> bySeed(List<ResultRow> rows) {
        SortedMap<Long, Double> values = new TreeMap<>();
        rows.stream()
                .filter(row -> row.state() == ResultState.MEASURED)
                .forEach(row -> values.put(row.seed(), row.value().orElseThrow()));
        return values;
    }

    /** A row that no seed moves, such as raw pixels, has no residual. */
    private static boolean varies(SortedMap<Long, Double> values) {
        return values.values().stream().distinct().count() > 1;
    }

    /**
     * A difference with what the comparison says of it: within seeds, so that seeds which only one of the two rows has do not
     * shift it.
     *
     * @param points difference of the means, for a row that is not compared
     */
    TableView.Difference of(CaseLayout row, double points) {
        DefaultComparison.Row found = compared.get(row);
        return found == null
                ? TableView.Difference.withoutError(points)
                : new TableView.Difference(
                        found.difference().value(),
                        OptionalDouble.of(found.difference().standardError()),
                        OptionalDouble.of(found.interval().halfWidth()),
                        found.adjustedP() < 1 - COVERAGE);
    }
}
