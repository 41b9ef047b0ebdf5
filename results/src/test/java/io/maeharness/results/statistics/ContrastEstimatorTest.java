package io.maeharness.results.statistics;

import static io.maeharness.results.statistics.WorkedLayouts.PENICILLIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.statistics.ContrastEstimator.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ContrastEstimatorTest {
    private static final List<Double> C_MINUS_A = List.of(-1.0, 0.0, 1.0, 0.0);

    @Test
    void penicillinStaysPooled() {
        Estimate estimate = estimate(TwoWayLayout.of(PENICILLIN), C_MINUS_A, List.of(), 8, 8, 6, 2, 1)
                .orElseThrow();

        assertEquals(ContrastEstimator.VarianceSource.POOLED, estimate.source());
        assertEquals(2.744692, estimate.contrast().standardError(), 1e-6);
    }

    @Test
    void differencesThatVaryMoreUseTheirOwnVariance() {
        double[][] uneven = {{80, 80.1, 80.2, 80}, {80.1, 80, 80.1, 80.2}, {81, 81.1, 81, 81.1}, {70, 90, 75, 85}};

        Estimate estimate = estimate(
                        TwoWayLayout.of(uneven), List.of(-1.0, 0.0, 0.0, 1.0), List.of(), -10, 9.9, -5.2, 5)
                .orElseThrow();

        assertEquals(ContrastEstimator.VarianceSource.OWN, estimate.source());
        assertEquals(3, estimate.contrast().degreesOfFreedom());
    }

    @Test
    void aSmallTableBorrowsFromThoseThatAgree() {
        TwoWayLayout two = TwoWayLayout.of(new double[][] {{80, 81}, {81, 82.2}});
        List<ResidualVariance> others = List.of(new ResidualVariance(0.5, 18));

        Estimate estimate = estimate(two, List.of(-1.0, 1.0), others, 1, 1.2).orElseThrow();

        assertEquals(ContrastEstimator.VarianceSource.BORROWED, estimate.source());
        assertEquals(3, estimate.contrast().degreesOfFreedom());
        assertEquals(1.1, estimate.contrast().value(), 1e-12);
    }

    @Test
    void metricsAddTheirVariances() {
        TwoWayLayout layout = TwoWayLayout.of(PENICILLIN);
        ContrastPart plus = new ContrastPart(layout, C_MINUS_A, List.of());
        ContrastPart minus = new ContrastPart(layout, List.of(0.0, -1.0, 0.0, 1.0), List.of());

        Contrast both =
                ContrastEstimator.estimate(List.of(plus, minus)).orElseThrow().contrast();

        assertEquals(6, both.value(), 1e-9);
        assertEquals(2.744692 * Math.sqrt(2), both.standardError(), 1e-5);
        assertEquals(24, both.degreesOfFreedom(), 1e-9);
    }

    @Test
    void whatTheLayoutCannotEstimateUsesTheSeedsThemselves() {
        double none = Double.NaN;
        TwoWayLayout apart = TwoWayLayout.of(new double[][] {{1, 2, none, none}, {none, none, 3, 5}});

        Estimate estimate = estimate(apart, List.of(-1.0, 1.0), List.of(), 2, 3).orElseThrow();

        assertEquals(ContrastEstimator.VarianceSource.OWN, estimate.source());
        assertTrue(estimate(apart, List.of(-1.0, 1.0), List.of(), 2).isEmpty());
    }

    @Test
    void noVariationDecidesNothing() {
        TwoWayLayout equal = TwoWayLayout.of(new double[][] {{80.1, 80.1, 80.1}, {81.2, 81.2, 81.2}});

        assertFalse(estimate(equal, List.of(-1.0, 1.0), List.of(), 1.1, 1.1, 1.1)
                .orElseThrow()
                .varies());
    }

    @Test
    void oneNoisyCellCausesFewerFalseVerdictsThanWithoutTheRule() {
        Random random = new Random(17);
        int withRule = 0;
        int without = 0;
        int runs = 8000;
        for (int run = 0; run < runs; run++) {
            double[][] values = Simulation.table(random, 10, 5, 0.5);
            double[] differences = new double[5];
            for (int s = 0; s < 5; s++) {
                values[1][s] += Math.sqrt(3) * random.nextGaussian();
                differences[s] = values[1][s] - values[0][s];
            }
            TwoWayLayout layout = TwoWayLayout.of(values);
            List<Double> weights = List.of(-1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            withRule += holds(estimate(layout, weights, List.of(), differences));
            without += holds(estimate(layout, weights, List.of()));
        }
        assertTrue(withRule <= 0.085 * runs);
        assertTrue(withRule < without);
    }

    private static int holds(Optional<Estimate> estimate) {
        return estimate.orElseThrow().contrast().pAbove(0) <= 0.05 ? 1 : 0;
    }

    private static Optional<Estimate> estimate(
            TwoWayLayout layout, List<Double> weights, List<ResidualVariance> others, double... differences) {
        return ContrastEstimator.estimate(List.of(new ContrastPart(layout, weights, others)), differences);
    }
}
