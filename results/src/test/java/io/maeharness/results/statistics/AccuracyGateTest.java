package io.maeharness.results.statistics;

import static io.maeharness.results.statistics.WorkedLayouts.PENICILLIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccuracyGateTest {
    private static final double[][] CANDIDATE = {{88, 83, 82}, {87, 78, 86}, {88, 84, 79}, {93, 80, 84}};
    private static final GateMetric PENICILLIN_METRIC = GateMetric.of("yield", PENICILLIN, CANDIDATE);

    @Test
    void testsEachCellAgainstTheOthers() {
        GateResult result = gate(true).compare(List.of(PENICILLIN_METRIC));

        double[] p = {.779672, .551549, .082736, .697236};
        double[] difference = {1.0 / 3, -4.0 / 3, -16.0 / 3, -1.0 / 3};
        for (int i = 0; i < 4; i++) {
            GateResult.Cell cell = result.cells().get(i);
            assertEquals(i, cell.cell());
            assertEquals(difference[i], cell.difference(), 1e-6);
            assertEquals(difference[i] + 5.0 / 3, cell.change().contrast().value(), 1e-6);
            assertEquals(2.536402, cell.change().contrast().standardError(), 1e-6);
            assertEquals(p[i], cell.change().pDrop(), 1e-6);
        }
        assertEquals(.330942, result.cells().get(2).change().adjustedDrop(), 1e-6);
        assertFalse(result.isRegression());
    }

    @Test
    void pairsSeedsWhereDrawsAreEqual() {
        GateResult.Shift shift =
                gate(true).compare(List.of(PENICILLIN_METRIC)).shifts().get(0);

        assertTrue(shift.paired());
        assertEquals(-2.333333, shift.change().contrast().value(), 1e-6);
        assertEquals(1.637240, shift.change().contrast().standardError(), 1e-6);
        assertEquals(.085610, shift.change().pDrop(), 1e-6);
    }

    @Test
    void comparesSeedsAsSamplesWhereDrawsHaveChanged() {
        GateResult.Shift shift =
                gate(false).compare(List.of(PENICILLIN_METRIC)).shifts().get(0);

        assertFalse(shift.paired());
        assertEquals(-.559600, shift.change().contrast().statistic(0), 1e-6);
        assertEquals(.298004, shift.change().pDrop(), 1e-6);
    }

    @Test
    void namesTheCellThatDropped() {
        double[][] dropped = copy(PENICILLIN);
        Arrays.setAll(dropped[2], s -> dropped[2][s] - 30);

        GateResult result = gate(true).compare(List.of(GateMetric.of("yield", PENICILLIN, dropped)));

        assertTrue(result.isRegression());
        assertTrue(result.cells().get(2).change().isRegression());
        assertFalse(result.cells().get(0).change().isRegression());
    }

    @Test
    void seesADropOfAllCellsOnlyTogether() {
        double[][] dropped = copy(PENICILLIN);
        Arrays.stream(dropped).forEach(row -> Arrays.setAll(row, s -> row[s] - 8));

        GateResult result = gate(true).compare(List.of(GateMetric.of("yield", PENICILLIN, dropped)));

        assertTrue(result.shifts().get(0).change().isRegression());
        assertTrue(result.cells().stream().noneMatch(cell -> cell.change().isRegression()));
    }

    @Test
    void aRiseIsAnImprovementAndNoRegression() {
        double[][] risen = copy(PENICILLIN);
        Arrays.stream(risen).forEach(row -> Arrays.setAll(row, s -> row[s] + 8));

        GateResult result = gate(true).compare(List.of(GateMetric.of("yield", PENICILLIN, risen)));

        assertTrue(result.isImprovement());
        assertFalse(result.isRegression());
    }

    @Test
    void aDropBelowTheMinimumIsNone() {
        double[][] dropped = copy(PENICILLIN);
        Arrays.stream(dropped).forEach(row -> Arrays.setAll(row, s -> row[s] - 8));
        AccuracyGate lenient = new AccuracyGate(new GateRule(.03, .02, 10, 10), true);

        assertFalse(lenient.compare(List.of(GateMetric.of("yield", PENICILLIN, dropped)))
                .isRegression());
    }

    @Test
    void missingCellsLeaveTheOthersTestable() {
        double[][] reference = copy(PENICILLIN);
        reference[1][0] = Double.NaN;
        double[][] candidate = copy(CANDIDATE);
        Arrays.fill(candidate[3], Double.NaN);

        GateResult result = gate(true).compare(List.of(GateMetric.of("yield", reference, candidate)));

        assertEquals(3, result.cells().size());
        assertTrue(result.isDecided());
    }

    @Test
    void anUnevenCellIsTestedWithItsOwnVariance() {
        GateMetric uneven = PENICILLIN_METRIC.withUneven(Set.of(3));

        GateResult.Cell cell = gate(true).compare(List.of(uneven)).cells().get(3);
        Contrast own = Sample.of(93 - 89, 80 - 81.25, 84 - 82.75)
                .minus(Sample.of(94 - 92, 79 - 83, 85 - 85, 84 - 88, 88 - 82));

        assertEquals(own.value(), cell.change().contrast().value(), 1e-9);
        assertEquals(own.standardError(), cell.change().contrast().standardError(), 1e-9);
        assertEquals(own.degreesOfFreedom(), cell.change().contrast().degreesOfFreedom(), 1e-9);
    }

    @Test
    void cellsOfOneTrainingAreTestedAsOne() {
        GateMetric shared = PENICILLIN_METRIC.withTrainings(List.of(0, 0, 0, 1));

        GateResult result = gate(true).compare(List.of(shared));

        double expected =
                ((88 - 89 + 87 - 88 + 88 - 97 + 83 - 84 + 78 - 77 + 84 - 92 + 82 - 81 + 86 - 87 + 79 - 87) / 9.0
                                + (93 - 94 + 80 - 79 + 84 - 85) / 3.0)
                        / 2;
        assertEquals(expected, result.shifts().get(0).change().contrast().value(), 1e-9);
        assertEquals(6, result.shifts().get(0).change().contrast().degreesOfFreedom());
        assertEquals(
                List.of(0, 3),
                result.cells().stream().map(GateResult.Cell::cell).toList());
    }

    @Test
    void oneNewSeedIsTestedAgainstSeveral() {
        double[][] dropped = {{79}, {78}, {87}, {84}};

        GateResult result = gate(true).compare(List.of(GateMetric.of("yield", PENICILLIN, dropped)));

        assertEquals(12, result.shifts().get(0).change().contrast().degreesOfFreedom());
        assertEquals(-10, result.shifts().get(0).change().contrast().value(), 1e-9);
        assertTrue(result.isRegression());
    }

    @Test
    void oneSeedOnEachSideDecidesNothing() {
        GateResult result = gate(true)
                .compare(List.of(GateMetric.of("ft", new double[][] {{80}, {81}}, new double[][] {{70}, {71}})));

        assertFalse(result.isDecided());
        assertEquals(List.of("ft"), result.untested());
    }

    @Test
    void identicalBitsAreNoRegression() {
        GateResult result = gate(true).compare(List.of(GateMetric.of("yield", PENICILLIN, PENICILLIN)));

        assertFalse(result.isRegression());
        assertEquals(0, result.shifts().get(0).change().contrast().value());
    }

    private static AccuracyGate gate(boolean sameDraws) {
        return new AccuracyGate(GateRule.STANDARD, sameDraws);
    }

    private static double[][] copy(double[][] values) {
        return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    }
}
