package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How many tables get a false verdict: a default and seven rows, each claimed to be above it, with 1 deviation as the
 * smallest effect that counts.
 */
final class RepeatedLooksRatesTest {
    private static final int CASES = 8;
    private static final int CLAIMS = CASES - 1;
    private static final double LEVEL = 0.05;
    private static final double SMALLEST = 1;

    private int runs;
    private int falseHolds;
    private int falseContradicted;
    private int falseHoldsOfOneFamily;

    @Test
    void tablesWithoutEffectsHoldRarelyOverAllLooks() {
        simulate(2500, LookPlan.STANDARD, new double[CASES], 1);

        assertTrue(falseHolds <= 0.055 * runs);
    }

    @Test
    void mixedTablesGetFewFalseVerdictsOfEitherKind() {
        simulate(2500, LookPlan.STANDARD, new double[] {0, 0, 0, 0, 0, 1, 1, 1}, 1);

        assertTrue(falseHolds <= 0.055 * runs);
        assertTrue(falseContradicted <= 0.055 * runs);
    }

    @Test
    void aNoisyCellDoesNotSpoilTheOthers() {
        simulate(2500, LookPlan.STANDARD, new double[CASES], 2);

        assertTrue(falseHolds <= 0.055 * runs);
    }

    @Test
    void oneHolmOverBothDirectionsBreaksItsPromise() {
        simulate(4000, LookPlan.fixed(20), new double[CASES], 1);

        assertTrue(falseHoldsOfOneFamily > 0.08 * runs, "levels of true verdicts go to false ones");
        assertTrue(falseHolds <= 0.055 * runs, "two families keep theirs");
    }

    private void simulate(int tables, LookPlan plan, double[] effects, double deviationOfLast) {
        Random random = new Random(23);
        runs = tables;
        for (int run = 0; run < runs; run++) {
            double[][] values = Simulation.table(random, CASES, 20, 0.5);
            for (int i = 0; i < CASES; i++) {
                for (int s = 0; s < 20; s++) {
                    values[i][s] += effects[i];
                }
            }
            for (int s = 0; s < 20; s++) {
                values[CASES - 1][s] += Math.sqrt(deviationOfLast * deviationOfLast - 1) * random.nextGaussian();
            }
            judge(plan, values, effects);
        }
    }

    /** Probabilities of a claim at each look, for and against. */
    private static double[][] looks(LookPlan plan, double[][] values, boolean against) {
        double[][] probabilities = new double[CLAIMS][plan.seeds().size()];
        for (int look = 0; look < plan.seeds().size(); look++) {
            int seeds = plan.seeds().get(look);
            TwoWayLayout layout = TwoWayLayout.of(
                    Arrays.stream(values).map(row -> Arrays.copyOf(row, seeds)).toArray(double[][]::new));
            for (int claim = 0; claim < CLAIMS; claim++) {
                Contrast contrast = estimate(layout, claim + 1);
                probabilities[claim][look] = against ? contrast.pBelow(SMALLEST) : contrast.pAbove(0);
            }
        }
        return probabilities;
    }

    /** Difference of a row to the default, with the variance that the rules choose. */
    private static Contrast estimate(TwoWayLayout layout, int row) {
        Double[] weights = new Double[CASES];
        Arrays.setAll(weights, i -> i == row ? 1.0 : i == 0 ? -1.0 : 0.0);
        double[] differences = new double[layout.blocks()];
        Arrays.setAll(differences, s -> layout.cell(row, s) - layout.cell(0, s));
        ContrastPart part = new ContrastPart(layout, List.of(weights), List.of());
        return ContrastEstimator.estimate(List.of(part), differences)
                .orElseThrow()
                .contrast();
    }

    /** Claims are sequential probabilities with Holm at the last look: they only fall, so decisions stay. */
    private void judge(LookPlan plan, double[][] values, double[] effects) {
        double[] holds = sequential(plan, looks(plan, values, false));
        double[] contradicted = sequential(plan, looks(plan, values, true));
        falseHolds += anyFalse(Holm.adjusted(holds), effects, 0) ? 1 : 0;
        falseHoldsOfOneFamily += anyFalse(oneFamily(holds, contradicted), effects, 0) ? 1 : 0;
        falseContradicted += anyFalse(Holm.adjusted(contradicted), effects, SMALLEST) ? 1 : 0;
    }

    /** The mistake: one test a claim in either direction, of which only those for holding are kept. */
    private static double[] oneFamily(double[] holds, double[] contradicted) {
        double[] either = new double[CLAIMS];
        Arrays.setAll(either, claim -> Math.min(holds[claim], contradicted[claim]));
        double[] adjusted = Holm.adjusted(either);
        Arrays.setAll(adjusted, claim -> holds[claim] < contradicted[claim] ? adjusted[claim] : 1);
        return adjusted;
    }

    private static double[] sequential(LookPlan plan, double[][] probabilities) {
        return Arrays.stream(probabilities).mapToDouble(plan::sequential).toArray();
    }

    /** Whether a claim is decided wrongly; its truth is its effect. */
    private static boolean anyFalse(double[] adjusted, double[] effects, double truth) {
        for (int claim = 0; claim < CLAIMS; claim++) {
            if (effects[claim + 1] == truth && adjusted[claim] <= LEVEL) {
                return true;
            }
        }
        return false;
    }
}
