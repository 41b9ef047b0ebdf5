package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.MeasuredValue;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import io.maeharness.results.statistics.DefaultComparison;
import io.maeharness.results.statistics.TwoWayLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ColumnStatisticsTest {
    private static final TableLayout TABLE = SampleLayouts.table1f();

    /** Worked by hand: residuals of 0.1, 3 degrees of freedom. */
    private static final double[][] VALUES = {{80.1, 80.9}, {77.9, 79.1}, {78.1, 78.9}, {76.9, 78.1}};

    private static List<ResultRow> rows(String metric, double[]... values) {
        List<ResultRow> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            String key = TABLE.cases().get(i).key();
            for (int seed = 0; seed < values[i].length; seed++) {
                rows.add(ResultRow.measured(TABLE.id(), key, metric, seed, values[i][seed], key + seed, ""));
            }
        }
        return rows;
    }

    private static ColumnStatistics statistics(MetricLayout metric, List<ResultRow> rows) {
        return new ColumnStatistics(TABLE, metric, rows, cell -> "");
    }

    private static ColumnStatistics statistics(double[]... values) {
        return statistics(SampleLayouts.FT, rows("ft", values));
    }

    private static CellKey cell(int row) {
        return TABLE.cell(TABLE.cases().get(row), SampleLayouts.FT);
    }

    private static MeasuredValue value(int row, List<ResultRow> rows) {
        return MeasuredValue.of(
                rows.stream().filter(one -> one.cell().equals(cell(row))).toList());
    }

    @Test
    void theResidualsComeFromTheWholeColumn() {
        var residual = statistics(VALUES).noise().orElseThrow().residual();
        assertEquals(3, residual.degreesOfFreedom(), 1e-12);
        assertEquals(Math.sqrt(8 * 0.01 / 3), residual.deviation(), 1e-9);
    }

    @Test
    void rowsAreComparedWithTheDefaultByDunnett() {
        TwoWayLayout layout = TwoWayLayout.of(VALUES);
        DefaultComparison expected =
                DefaultComparison.of(layout, 0, layout.variance().orElseThrow(), 0.95);
        ColumnStatistics statistics = statistics(VALUES);
        for (DefaultComparison.Row row : expected.rows()) {
            DefaultComparison.Row found =
                    statistics.comparison(cell(row.caseIndex())).orElseThrow();
            assertEquals(row.interval().halfWidth(), found.interval().halfWidth(), 1e-9);
            assertEquals(row.adjustedP(), found.adjustedP(), 1e-9);
        }
        assertEquals(3, expected.rows().size());
    }

    @Test
    void aDifferenceFarBeyondTheResidualsIsMarkedAndOneWithinThemIsNot() {
        double[][] values = {{80, 81, 82.1}, {70, 71.1, 72}, {80.1, 81, 82}, {79.9, 81, 82}};
        ColumnStatistics statistics = statistics(values);
        assertTrue(statistics.comparison(cell(1)).orElseThrow().adjustedP() < 0.05);
        assertFalse(statistics.comparison(cell(2)).orElseThrow().adjustedP() < 0.05);
    }

    @Test
    void withOneSeedNothingClaimsAnything() {
        List<ResultRow> rows = rows("ft", new double[] {80}, new double[] {60}, new double[] {70});
        ColumnStatistics statistics = statistics(SampleLayouts.FT, rows);
        assertEquals(OptionalDouble.empty(), statistics.halfWidth(value(0, rows)));
        assertTrue(statistics.comparison(cell(1)).isEmpty());
        assertTrue(statistics.noise().isEmpty());
    }

    @Test
    void aRowOfOneSeedBesideOthersHasNeitherIntervalNorComparison() {
        List<ResultRow> rows = rows("ft", VALUES[0], VALUES[1], new double[] {60});
        ColumnStatistics statistics = statistics(SampleLayouts.FT, rows);
        assertEquals(OptionalDouble.empty(), statistics.halfWidth(value(2, rows)));
        assertTrue(statistics.comparison(cell(2)).isEmpty());
        assertTrue(statistics.comparison(cell(1)).isPresent());
    }

    @Test
    void twoRowsOfOneTrainingCountOnce() {
        ColumnStatistics twice = statistics(VALUES[0], VALUES[1], VALUES[1], VALUES[3]);
        assertEquals(2, twice.noise().orElseThrow().residual().degreesOfFreedom(), 1e-12);
        assertEquals(twice.comparison(cell(1)), twice.comparison(cell(2)));
    }

    @Test
    void theDefaultsOwnTrainingIsNoDifference() {
        ColumnStatistics statistics = statistics(VALUES[0], VALUES[0], VALUES[2], VALUES[3]);
        assertTrue(statistics.comparison(cell(1)).isEmpty());
        assertTrue(statistics.comparison(cell(2)).isPresent());
    }

    @Test
    void seedsThatAllAgreeHaveNoInterval() {
        List<ResultRow> rows = rows("ft", new double[] {80, 80}, new double[] {70, 70});
        ColumnStatistics statistics = statistics(SampleLayouts.FT, rows);
        assertEquals(OptionalDouble.empty(), statistics.halfWidth(value(0, rows)));
        assertTrue(statistics.comparison(cell(1)).isEmpty());
    }

    @Test
    void seedsThatAgreeByChanceAreAsFarOffAsTheOthers() {
        List<ResultRow> rows = rows("ft", new double[] {80, 81}, new double[] {70, 70}, new double[] {60, 61.2});
        ColumnStatistics statistics = statistics(SampleLayouts.FT, rows);
        assertTrue(statistics.halfWidth(value(1, rows)).isPresent());
        assertEquals(statistics.halfWidth(value(0, rows)), statistics.halfWidth(value(1, rows)));
    }

    @Test
    void oneMeasurementForAllSeedsHasNoInterval() {
        List<ResultRow> rows = new ArrayList<>(rows("ft", new double[] {80, 81}, new double[] {70, 70.2}));
        for (int seed = 0; seed < 2; seed++) {
            rows.add(ResultRow.measured(TABLE.id(), cell(2).caseKey(), "ft", seed, 60, "pixels", ""));
        }
        assertEquals(OptionalDouble.empty(), statistics(SampleLayouts.FT, rows).halfWidth(value(2, rows)));
    }

    @Test
    void aRowThatVariesFarMoreThanTheOthersIsNamed() {
        double[][] values = {
            {80, 80.1, 80.2, 79.9, 80}, {70, 70.1, 70, 70.1, 70.2}, {60, 70, 55, 66, 48}, {75, 75.2, 75.1, 75, 75.1}
        };
        assertEquals(
                Optional.of(cell(2)), statistics(values).noise().orElseThrow().noisiest());
        assertEquals(Optional.empty(), statistics(VALUES).noise().orElseThrow().noisiest());
    }

    @Test
    void trainingsOfOneSeedAreBlocksOfTheirOwn() {
        List<ResultRow> rows = rows("ft", VALUES);
        ColumnStatistics apart = new ColumnStatistics(
                TABLE, SampleLayouts.FT, rows, cell -> cell.caseKey().endsWith("75") ? "a" : "b");
        assertEquals(2, apart.noise().orElseThrow().residual().degreesOfFreedom(), 1e-12);
        assertTrue(apart.comparison(cell(1)).isEmpty());
        assertTrue(apart.comparison(cell(2)).isPresent());
    }

    @Test
    void otherUnitsAreJudgedCellByCell() {
        List<ResultRow> rows = rows("flops", new double[] {1, 3}, new double[] {100, 200});
        ColumnStatistics statistics = statistics(SampleLayouts.FLOPS, rows);
        MeasuredValue first = MeasuredValue.of(rows.subList(0, 2));
        assertEquals(12.706, statistics.halfWidth(first).getAsDouble(), 1e-3);
    }
}
