package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

/**
 * Borrowing between tables of unequal noise. Measured: 0.34 over ratios, where masks are nested, and 1.26 between kinds
 * of sampling.
 */
final class BorrowedVarianceTest {
    private static final double QUIET = 0.34;
    private static final double NOISY = 1.26;
    /** Cases of figure 5 and of tables 1a to 1f. */
    private static final int[] CASES = {10, 5, 5, 2, 4, 4, 4};
    /** Half of the tables are quiet, figure 5 among them. */
    private static final double[] MIXED = {QUIET, QUIET, NOISY, NOISY, QUIET, NOISY, NOISY};

    private static final double[] FIGURE_5_QUIET = {QUIET, NOISY, NOISY, NOISY, NOISY, NOISY, NOISY};
    /** All others are quiet, so that nothing but its own variance tells a noisy table from them. */
    private static final double[] QUIET_BUT_1C = {QUIET, QUIET, QUIET, NOISY, QUIET, QUIET, QUIET};

    private static final double[] QUIET_BUT_1F = {QUIET, QUIET, QUIET, QUIET, QUIET, QUIET, NOISY};
    private static final double[] EQUAL = {1, 1, 1, 1, 1, 1, 1};
    private static final int RUNS = 30_000;

    /** How a table with an own variance and those of others gets its variance. */
    private interface Rule {
        Optional<ResidualVariance> borrowed(ResidualVariance own, List<ResidualVariance> others);
    }

    @Test
    void oneJointVarianceMakesNoisyTablesHoldFalsely() {
        Rule joint = (own, others) ->
                others.stream().reduce(ResidualVariance::joinedWith).map(own::joinedWith);

        assertTrue(falseHolds(joint, MIXED, 6, 2, 0.05) > 0.086);
        assertTrue(falseHolds(joint, MIXED, 3, 3, 0.05) > 0.086);
    }

    @Test
    void noisyTablesAmongQuietOnesKeepTheLevel() {
        for (double[] mixture : List.of(MIXED, FIGURE_5_QUIET, EQUAL)) {
            assertTrue(falseHolds(BorrowedVariance::of, mixture, 3, 2, 0.05) <= 0.055);
            assertTrue(falseHolds(BorrowedVariance::of, mixture, 3, 3, 0.05) <= 0.055);
            assertTrue(falseHolds(BorrowedVariance::of, mixture, 6, 2, 0.05) <= 0.055);
        }
    }

    @Test
    void aNoisyTableKeepsTheLevelWhereAllOthersAreQuiet() {
        for (int seeds : new int[] {2, 3}) {
            assertTrue(falseHolds(BorrowedVariance::of, QUIET_BUT_1C, 3, seeds, 0.05) <= 0.055);
            assertTrue(falseHolds(BorrowedVariance::of, QUIET_BUT_1C, 3, seeds, 0.0125) <= 0.0145);
        }
        assertTrue(falseHolds(BorrowedVariance::of, QUIET_BUT_1F, 6, 2, 0.05) <= 0.055);
        assertTrue(falseHolds(BorrowedVariance::of, QUIET_BUT_1F, 6, 2, 0.0125) <= 0.0145);
    }

    /** At the level of a first look, 0.1 of 5 %. */
    @Test
    void trustingAllDegreesOfFreedomOfOthersMakesEarlyLooksEasy() {
        Rule untrusting = BorrowedVariance::of;
        Rule trusting = (own, others) -> BorrowedVariance.of(own, others)
                .map(borrowed -> others.stream().reduce(own, ResidualVariance::joinedWith));

        assertTrue(falseHolds(trusting, QUIET_BUT_1C, 3, 2, 0.005) > 0.02);
        assertTrue(falseHolds(untrusting, QUIET_BUT_1C, 3, 2, 0.005) <= 0.0055);
    }

    @Test
    void aStepOfHolmKeepsItsLevelToo() {
        assertTrue(falseHolds(BorrowedVariance::of, FIGURE_5_QUIET, 3, 2, 0.0125) <= 0.0145);
        assertTrue(falseHolds(BorrowedVariance::of, MIXED, 6, 2, 0.0125) <= 0.0145);
    }

    @Test
    void aTableThatNeverVariedBorrowsNothing() {
        assertTrue(BorrowedVariance.of(new ResidualVariance(0, 2), List.of(new ResidualVariance(0.3, 18)))
                .isEmpty());
    }

    @Test
    void enoughOwnResidualsBorrowNothing() {
        assertTrue(BorrowedVariance.of(new ResidualVariance(1, 4), List.of(new ResidualVariance(2, 30)))
                .isEmpty());
        assertTrue(BorrowedVariance.of(new ResidualVariance(1, 2), List.of(new ResidualVariance(2, 7)))
                .isEmpty());
    }

    @Test
    void aNoisierTableBorrowsNothing() {
        List<ResidualVariance> others = List.of(new ResidualVariance(0.3, 18), new ResidualVariance(0.5, 12));

        assertTrue(BorrowedVariance.of(new ResidualVariance(0.6, 2), others).isEmpty());
        assertEquals(
                6,
                BorrowedVariance.of(new ResidualVariance(0.2, 2), others)
                        .orElseThrow()
                        .degreesOfFreedom());
    }

    /** Rate of false verdicts on a difference in a table, by variances of all tables and a number of seeds. */
    private static double falseHolds(Rule rule, double[] variances, int table, int seeds, double level) {
        Random random = new Random(5);
        int holds = 0;
        for (int run = 0; run < RUNS; run++) {
            List<ResidualVariance> others = new ArrayList<>();
            ResidualVariance own = draw(random, variances[table], CASES[table], seeds);
            for (int other = 0; other < CASES.length; other++) {
                if (other != table) {
                    others.add(draw(random, variances[other], CASES[other], seeds));
                }
            }
            ResidualVariance chosen = rule.borrowed(own, others).orElse(own);
            double t = random.nextGaussian() * Math.sqrt(variances[table] / chosen.value());
            holds += TDistribution.of(chosen.degreesOfFreedom()).survivalProbability(t) <= level ? 1 : 0;
        }
        return (double) holds / RUNS;
    }

    private static ResidualVariance draw(Random random, double variance, int cases, int seeds) {
        int freedom = (cases - 1) * (seeds - 1);
        double squares = 0;
        for (int i = 0; i < freedom; i++) {
            double draw = random.nextGaussian();
            squares += draw * draw;
        }
        return new ResidualVariance(variance * squares / freedom, freedom);
    }
}
