package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReferenceConvergenceTest {
    private static final double[] REFERENCE = {70, 71, 72, 73, 74, 84};

    @Test
    void leavesOutTheExtremesOfMeansAndCountsOnly() {
        ReferenceConvergence rule = ReferenceConvergence.of(REFERENCE, new double[] {60, 71, 99});

        assertEquals(72.5, rule.mean(), 1e-12);
        assertEquals(71, rule.candidateMean(), 1e-12);
        // Deviation of all six, divided by six; four and one values in the limit; t of three degrees of freedom.
        assertEquals(72.5 - 2.353363 * 4.654747 * Math.sqrt(1.25), rule.limit(), 1e-4);
        assertTrue(rule.passes());
    }

    @Test
    void failsACandidateBelowTheLimit() {
        assertFalse(
                ReferenceConvergence.of(REFERENCE, new double[] {50, 55, 60}).passes());
    }

    @Test
    void threeAndThreeSeedsCannotFail() {
        assertTrue(ReferenceConvergence.of(new double[] {70, 71, 72}, new double[] {1, 2, 3})
                .passes());
    }

    @Test
    void twoSeedsAreTooFew() {
        assertThrows(IllegalArgumentException.class, () -> ReferenceConvergence.of(REFERENCE, new double[] {70, 71}));
    }

    @Test
    void hasTheLevelThatItsDroppingMakes() {
        assertEquals(0.015, failures(6, 3), 0.003);
        assertEquals(0.036, failures(10, 5), 0.004);
    }

    private static double failures(int reference, int candidate) {
        Random random = new Random(3);
        int runs = 40_000;
        int failures = 0;
        for (int run = 0; run < runs; run++) {
            double[] before = Simulation.table(random, 1, reference, 0)[0];
            double[] after = Simulation.table(random, 1, candidate, 0)[0];
            failures += ReferenceConvergence.of(before, after).passes() ? 0 : 1;
        }
        return (double) failures / runs;
    }

    /** Thirty cells together, each at a thirtieth of the level: what the tier states. */
    @Test
    void keepsTheStatedLevelOverThirtyCellsWhereTheReferenceHasAsManySeeds() {
        assertTrue(failuresOfAny(5, 3, 0, 2000) <= 0.05);
        assertTrue(failuresOfAny(6, 3, 0, 2000) <= 0.05);
        assertTrue(failuresOfAny(5, 5, 0, 2000) <= 0.05);
        assertTrue(failuresOfAny(10, 5, 0, 2000) <= 0.05);
    }

    @Test
    void breaksTheStatedLevelWhereTheRunHasMoreSeeds() {
        assertTrue(failuresOfAny(5, 8, 0, 1000) > 0.1);
    }

    /** The price of a level over thirty cells with a few seeds: three deviations are hardly ever seen. */
    @Test
    void needsTenAndFiveSeedsToSeeThreeDeviationsInOneOfThirtyCells() {
        assertTrue(failuresOfAny(5, 3, 3, 1000) < 0.02);
        assertEquals(0.75, failuresOfAny(10, 5, 3, 1000), 0.05);
    }

    /** How often one of thirty cells fails at a thirtieth of the level. */
    private static double failuresOfAny(int reference, int candidate, double drop, int runs) {
        Random random = new Random(7);
        int cells = 30;
        int failures = 0;
        for (int run = 0; run < runs; run++) {
            boolean failed = false;
            for (int cell = 0; cell < cells; cell++) {
                double[] before = Simulation.table(random, 1, reference, 0)[0];
                double[] after = Simulation.table(random, 1, candidate, 0)[0];
                for (int s = 0; cell == 0 && s < candidate; s++) {
                    after[s] -= drop;
                }
                failed |= !ReferenceConvergence.of(before, after, ReferenceConvergence.LEVEL / cells)
                        .passes();
            }
            failures += failed ? 1 : 0;
        }
        return (double) failures / runs;
    }
}
