package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.CellKey;
import io.maeharness.results.MeasuredValue;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import io.maeharness.results.claims.MeasuredTables;
import io.maeharness.results.statistics.CellSpread;
import io.maeharness.results.statistics.DefaultComparison;
import io.maeharness.results.statistics.ResidualVariance;
import io.maeharness.results.statistics.TwoWayLayout;
import io.maeharness.results.statistics.UnevenNoise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the seeds tell of a column's noise: accuracies by the cells over seeds of the whole column, other units by each cell
 * alone. A cell that one seed measured, or that no seed moves, has no interval and is compared with nothing.
 */
final class ColumnStatistics {
    private static final double COVERAGE = 0.95;
    private static final int ENOUGH_SEEDS = 2;

    /** Seed of the simulated tables that tell how uneven chance makes the noise. */
    private static final long DRAWS = 0;

    /** Half-width below which nothing varied but the rounding of the arithmetic. */
    private static final double ROUNDING = 1e-9;

    private final MetricLayout metric;
    private final Map<CellKey, Map<Long, Double>> values;
    private final MeasuredTables tables;
    private final List<CellKey> trainings;
    private final Optional<TwoWayLayout> column;
    private final Optional<CellSpread> spread;
    private final Optional<ResidualVariance> residual;
    private final Map<CellKey, DefaultComparison.Row> comparisons = new HashMap<>();

    /**
     * Statistics of a column.
     *
     * @param rows measured rows, also of other columns
     * @param training of a seed that a cell starts from, by name; empty where the table has one for all
     */
    ColumnStatistics(
            TableLayout layout, MetricLayout metric, Collection<ResultRow> rows, Function<CellKey, String> training) {
        this.metric = metric;
        this.values = values(layout, metric, rows);
        this.tables = new MeasuredTables(values, training);
        this.trainings = metric.unit() == Unit.PERCENT ? tables.column(layout.id(), metric.key()) : List.of();
        this.column = trainings.isEmpty() ? Optional.empty() : Optional.of(tables.layout(trainings));
        this.spread = column.flatMap(CellSpread::of);
        this.residual = column.flatMap(TwoWayLayout::variance).filter(variance -> variance.value() > 0);
        residual.ifPresent(
                variance -> families(layout).forEach((reference, family) -> compare(reference, family, variance)));
    }

    private static Map<CellKey, Map<Long, Double>> values(
            TableLayout layout, MetricLayout metric, Collection<ResultRow> rows) {
        Map<CellKey, Map<Long, Double>> values = new TreeMap<>();
        for (ResultRow row : rows) {
            if (row.table().equals(layout.id()) && row.metric().equals(metric.key())) {
                row.value().ifPresent(value -> values.computeIfAbsent(row.cell(), cell -> new TreeMap<>())
                        .put(row.seed(), value));
            }
        }
        return values;
    }

    /** The rows of each default that have several seeds, by its cell. */
    private Map<CellKey, List<CellKey>> families(TableLayout layout) {
        Map<CellKey, List<CellKey>> families = new LinkedHashMap<>();
        for (CaseLayout row : layout.cases()) {
            if (!row.isDefault()) {
                layout.defaultFor(row)
                        .map(reference -> layout.cell(reference, metric))
                        .ifPresent(reference -> families.computeIfAbsent(reference, cell -> new ArrayList<>())
                                .add(layout.cell(row, metric)));
            }
        }
        return families;
    }

    private void compare(CellKey reference, List<CellKey> family, ResidualVariance variance) {
        Optional<CellKey> base = training(reference);
        if (base.isEmpty()) {
            return;
        }
        List<CellKey> compared = new ArrayList<>(List.of(base.get()));
        family.stream()
                .flatMap(cell -> training(cell).stream())
                .filter(cell -> !compared.contains(cell))
                .forEach(compared::add);
        Map<CellKey, DefaultComparison.Row> found = new HashMap<>();
        DefaultComparison.of(tables.layout(compared), 0, variance, COVERAGE)
                .rows()
                .forEach(row -> found.put(compared.get(row.caseIndex()), row));
        family.forEach(
                cell -> training(cell).map(found::get).ifPresent(comparison -> comparisons.put(cell, comparison)));
    }

    /**
     * The cell that stands for this one, of several seeds that move it: one of the same values, or it alone where it is no
     * row of the layout, as what shares its training with another is. Empty for any other cell.
     */
    private Optional<CellKey> training(CellKey cell) {
        Map<Long, Double> bySeed = values.getOrDefault(cell, Map.of());
        if (bySeed.size() < ENOUGH_SEEDS || bySeed.values().stream().distinct().count() < 2) {
            return Optional.empty();
        }
        return trainings.stream()
                .filter(other -> values.get(other).equals(bySeed))
                .findFirst()
                .or(() -> Optional.of(cell));
    }

    /** Half of the 95 % interval of a cell's mean, in the unit of the column. */
    OptionalDouble halfWidth(MeasuredValue value) {
        if (value.spread().count() < ENOUGH_SEEDS || !dependsOnSeed(value)) {
            return OptionalDouble.empty();
        }
        Optional<CellSpread> noise = metric.unit() == Unit.PERCENT ? spread : alone(value);
        return noise.map(known -> known.halfWidth(value.spread().count()))
                .filter(half -> half > ROUNDING)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /** Seeds of several stages may agree by chance and are as far off as others; those of one stage are one measurement. */
    private static boolean dependsOnSeed(MeasuredValue value) {
        return value.rows().stream().map(ResultRow::stage).distinct().count() > 1;
    }

    private static Optional<CellSpread> alone(MeasuredValue value) {
        double[] bySeed = value.rows().stream()
                .mapToDouble(row -> row.value().orElseThrow())
                .toArray();
        return CellSpread.of(TwoWayLayout.of(new double[][] {bySeed}));
    }

    /** A row against its default, with an interval that holds for all rows of that default together. */
    Optional<DefaultComparison.Row> comparison(CellKey cell) {
        return Optional.ofNullable(comparisons.get(cell));
    }

    /** What cases and seeds leave unexplained; empty without several seeds, or where they leave nothing. */
    Optional<TableView.Noise> noise() {
        return residual.map(variance -> new TableView.Noise(
                variance,
                column.map(layout -> UnevenNoise.of(layout, DRAWS))
                        .filter(UnevenNoise::isUneven)
                        .map(noise -> trainings.get(noise.noisiest()))));
    }
}
