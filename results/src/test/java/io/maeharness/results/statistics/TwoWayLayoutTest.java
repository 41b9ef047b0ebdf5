package io.maeharness.results.statistics;

import static io.maeharness.results.statistics.WorkedLayouts.PENICILLIN;
import static io.maeharness.results.statistics.WorkedLayouts.SOYBEANS;
import static io.maeharness.results.statistics.WorkedLayouts.penicillinWithout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TwoWayLayoutTest {
    private static final double TOLERANCE = 1e-6;

    @Test
    void separatesTheSumsOfSquaresOfPenicillin() {
        TwoWayLayout layout = TwoWayLayout.of(PENICILLIN);

        assertEquals(226, layout.residualSquares(), 1e-9);
        assertEquals(12, layout.degreesOfFreedom());
        assertEquals(18.83333, layout.variance().orElseThrow().value(), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 0, 0, 1, 2.744692, 0.364340, 0.721944, 0.360972",
        "-1, 0, 1, 0, 5, 2.744692, 1.821698, 0.093506, 0.046753",
        "-1, 0, 0, 1, 2, 2.744692, 0.728679, 0.480178, 0.240089",
        "-0.5, -0.5, 0.5, 0.5, 3, 1.940790, 1.545762, 0.148116, 0.074058",
        "-3, -1, 1, 3, 10, 8.679478, 1.152143, 0.271699, 0.135850"
    })
    void testsContrastsOfPenicillin(
            double a, double b, double c, double d, double value, double error, double t, double two, double one) {
        Contrast contrast =
                TwoWayLayout.of(PENICILLIN).contrast(new double[] {a, b, c, d}).orElseThrow();

        assertEquals(value, contrast.value(), TOLERANCE);
        assertEquals(error, contrast.standardError(), TOLERANCE);
        assertEquals(t, contrast.statistic(0), TOLERANCE);
        assertEquals(two, contrast.pDifferent(0), TOLERANCE);
        assertEquals(one, contrast.pAbove(0), TOLERANCE);
        assertEquals(1 - one, contrast.pBelow(0), TOLERANCE);
    }

    @Test
    void comparesTheCheckOfSoybeansWithTheOthersTogether() {
        TwoWayLayout layout = TwoWayLayout.of(SOYBEANS);
        Contrast contrast =
                layout.contrast(new double[] {1, -0.25, -0.25, -0.25, -0.25}).orElseThrow();

        assertEquals(5.41, layout.variance().orElseThrow().value(), TOLERANCE);
        assertEquals(4.1, contrast.value(), TOLERANCE);
        assertEquals(1.162970, contrast.standardError(), TOLERANCE);
        assertEquals(0.002808, contrast.pDifferent(0), TOLERANCE);
    }

    @Test
    void fitsAroundTwoMissingCells() {
        TwoWayLayout layout = penicillinWithout(new int[] {3, 4}, new int[] {1, 0});

        assertEquals(2.174825, layout.effect(1), TOLERANCE);
        assertEquals(5, layout.effect(2), TOLERANCE);
        assertEquals(-0.097902, layout.effect(3), TOLERANCE);
        assertEquals(0.467133, layout.covarianceFactor(1, 1), TOLERANCE);
        assertEquals(0.194406, layout.covarianceFactor(1, 3), TOLERANCE);
        assertEquals(145.440559, layout.residualSquares(), TOLERANCE);
        assertEquals(10, layout.degreesOfFreedom());
        assertEquals(
                2.606532,
                layout.contrast(new double[] {-1, 1, 0, 0}).orElseThrow().standardError(),
                TOLERANCE);
    }

    @Test
    void fitsAroundOneMissingCellAsYatesValueDoes() {
        TwoWayLayout layout = penicillinWithout(new int[] {3, 4});

        assertEquals(0, layout.effect(3), TOLERANCE);
        assertEquals(166, layout.residualSquares(), 1e-9);
        assertEquals(11, layout.degreesOfFreedom());
        assertEquals(0.466667, layout.covarianceFactor(3, 3), TOLERANCE);
    }

    @Test
    void comparesOnlyWithinGroupsThatBlocksConnect() {
        double none = Double.NaN;
        TwoWayLayout layout = TwoWayLayout.of(new double[][] {
            {1, 2, none, none}, {2, 4, none, none}, {none, none, 5, 6}, {none, none, 9, 8}, {none, none, none, none}
        });

        assertFalse(layout.isEstimable(new double[] {-1, 0, 1, 0, 0}), "across groups");
        assertFalse(layout.isEstimable(new double[] {-1, 0, 0, 0, 1}), "a case without values");
        assertTrue(layout.isEstimable(new double[] {-1, 1, 1, -1, 0}), "a difference of differences");
        assertEquals(2, layout.degreesOfFreedom());
        assertEquals(-1.5, layout.value(new double[] {-1, 1, 1, -1, 0}), 1e-12);
        assertEquals(2, layout.varianceFactor(new double[] {-1, 1, 1, -1, 0}), 1e-12);
    }

    @Test
    void oneSeedHasNoVariance() {
        TwoWayLayout layout = TwoWayLayout.of(new double[][] {{80}, {81}});

        assertTrue(layout.variance().isEmpty());
        assertTrue(layout.contrast(new double[] {-1, 1}).isEmpty());
        assertEquals(1, layout.value(new double[] {-1, 1}), 1e-12);
    }

    @Test
    void equalSeedsHaveNoVariation() {
        TwoWayLayout layout = TwoWayLayout.of(new double[][] {{80.1, 80.1, 80.1}, {81.3, 81.3, 81.3}});

        assertEquals(0, layout.residualSquares());
        assertEquals(1, layout.contrast(new double[] {-1, 1}).orElseThrow().pAbove(0));
    }

    @Test
    void refusesWhatCannotBeEstimated() {
        TwoWayLayout layout = TwoWayLayout.of(PENICILLIN);

        assertThrows(IllegalArgumentException.class, () -> layout.value(new double[] {1, 0, 0, 0}));
        assertThrows(IllegalArgumentException.class, () -> layout.isEstimable(new double[] {1, -1}));
        assertThrows(IllegalArgumentException.class, () -> TwoWayLayout.of(new double[][] {{1, 2}, {1}}));
    }

    @ParameterizedTest
    @CsvSource({"4, 2", "5, 3", "10, 5"})
    void intervalsCoverTheTruthAsOftenAsTheySay(int cases, int blocks) {
        Random random = new Random(7);
        double[] difference = new double[cases];
        difference[0] = -1;
        difference[1] = 1;
        int runs = 10_000;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            TwoWayLayout layout = TwoWayLayout.of(Simulation.table(random, cases, blocks, 0.5));
            covered += layout.contrast(difference).orElseThrow().interval(0.95).contains(0) ? 1 : 0;
        }
        assertEquals(0.95, (double) covered / runs, 0.01);
    }

    /** Two seeds of one row against five of another, and holes in the rows between. */
    @Test
    void intervalsCoverTheTruthWhereSeedsAreUnequal() {
        Random random = new Random(9);
        int runs = 8000;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            double[][] values = Simulation.table(random, 5, 5, 0.7);
            values[1][2] = values[1][3] = values[1][4] = Double.NaN;
            values[2][0] = values[3][4] = Double.NaN;
            Contrast contrast = TwoWayLayout.of(values)
                    .contrast(new double[] {-1, 1, 0, 0, 0})
                    .orElseThrow();
            covered += contrast.interval(0.95).contains(0) ? 1 : 0;
        }
        assertEquals(0.95, (double) covered / runs, 0.01);
    }
}
