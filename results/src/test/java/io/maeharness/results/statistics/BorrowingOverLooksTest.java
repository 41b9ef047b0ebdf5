package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A noisy table among quiet ones, through all looks: borrowed variances, own ones, and Holm. */
final class BorrowingOverLooksTest {
    private static final double QUIET = Math.sqrt(0.34);
    private static final double NOISY = Math.sqrt(1.26);
    /** Cases of the other tables. */
    private static final int[] OTHERS = {10, 5, 5, 4, 4, 4};

    private static final double[] HALF_QUIET = {QUIET, QUIET, NOISY, QUIET, NOISY, NOISY};
    private static final double[] ALL_QUIET = {QUIET, QUIET, QUIET, QUIET, QUIET, QUIET};
    private static final int RUNS = 3000;

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void aNoisyTableOfFewRowsRarelyHoldsFalsely(int cases) {
        for (double[] deviations : List.of(HALF_QUIET, ALL_QUIET)) {
            Random random = new Random(31);
            int wrong = 0;
            for (int run = 0; run < RUNS; run++) {
                wrong += holdsFalsely(random, cases, deviations) ? 1 : 0;
            }
            assertTrue(wrong <= 0.055 * RUNS);
        }
    }

    private static boolean holdsFalsely(Random random, int cases, double[] deviations) {
        double[][] values = scaled(Simulation.table(random, cases, 20, 0.5), NOISY);
        List<double[][]> others = new ArrayList<>();
        for (int table = 0; table < OTHERS.length; table++) {
            others.add(scaled(Simulation.table(random, OTHERS[table], 3, 0.5), deviations[table]));
        }
        double[][] probabilities =
                new double[cases - 1][LookPlan.STANDARD.seeds().size()];
        for (int look = 0; look < probabilities[0].length; look++) {
            int seeds = LookPlan.STANDARD.seeds().get(look);
            TwoWayLayout layout = first(values, seeds);
            List<ResidualVariance> lenders = seeds > 3
                    ? List.of()
                    : others.stream()
                            .map(other -> first(other, seeds).variance().orElseThrow())
                            .toList();
            for (int row = 1; row < cases; row++) {
                probabilities[row - 1][look] = pHolds(layout, row, lenders);
            }
        }
        double[] sequential = Arrays.stream(probabilities)
                .mapToDouble(LookPlan.STANDARD::sequential)
                .toArray();
        return Arrays.stream(Holm.adjusted(sequential)).anyMatch(p -> p <= 0.05);
    }

    private static double pHolds(TwoWayLayout layout, int row, List<ResidualVariance> lenders) {
        Double[] weights = new Double[layout.cases()];
        Arrays.setAll(weights, i -> i == row ? 1.0 : i == 0 ? -1.0 : 0.0);
        double[] differences = new double[layout.blocks()];
        Arrays.setAll(differences, s -> layout.cell(row, s) - layout.cell(0, s));
        ContrastPart part = new ContrastPart(layout, List.of(weights), lenders);
        return ContrastEstimator.estimate(List.of(part), differences)
                .orElseThrow()
                .contrast()
                .pAbove(0);
    }

    private static TwoWayLayout first(double[][] values, int seeds) {
        return TwoWayLayout.of(
                Arrays.stream(values).map(row -> Arrays.copyOf(row, seeds)).toArray(double[][]::new));
    }

    private static double[][] scaled(double[][] values, double deviation) {
        Arrays.stream(values).forEach(row -> Arrays.setAll(row, s -> deviation * row[s]));
        return values;
    }
}
