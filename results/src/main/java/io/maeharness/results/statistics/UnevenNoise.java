package io.maeharness.results.statistics;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Do the cases of a table vary unequally? A diagnosis: it changes no verdict.
 *
 * @param ratio largest variance of a case over the mean of all, at least 1
 * @param noisiest case with the largest variance
 * @param pValue probability of such a ratio when all vary equally, from simulated tables with the same missing cells
 */
public record UnevenNoise(double ratio, int noisiest, double pValue) {
    private static final int RUNS = 2000;

    /** Ratios this near are equal, as all are where the residuals of one case are those of the other. */
    private static final double ROUNDING = 1e-9;

    /** Diagnoses a layout that has degrees of freedom and varies; the same seed gives the same probability. */
    public static UnevenNoise of(TwoWayLayout layout, long seed) {
        if (layout.residualSquares() == 0) {
            throw new IllegalArgumentException("a layout without residuals says nothing about its noise");
        }
        double ratio = ratio(layout);
        Random random = new Random(seed);
        int atLeast = 0;
        for (int run = 0; run < RUNS; run++) {
            atLeast += ratio(layout.refitted(drawn(random, layout))) >= ratio * (1 - ROUNDING) ? 1 : 0;
        }
        int noisiest = IntStream.range(0, layout.cases())
                .boxed()
                .max((i, j) -> Double.compare(meanSquare(layout, i), meanSquare(layout, j)))
                .orElseThrow();
        return new UnevenNoise(ratio, noisiest, (atLeast + 1.0) / (RUNS + 1.0));
    }

    /** Whether to note it: less than 5 % of even tables look so uneven. */
    public boolean isUneven() {
        return pValue < 0.05;
    }

    private static double ratio(TwoWayLayout layout) {
        double largest = 0;
        double sum = 0;
        int cases = 0;
        for (int i = 0; i < layout.cases(); i++) {
            double square = meanSquare(layout, i);
            largest = Math.max(largest, square);
            sum += square;
            cases += layout.count(i) > 0 ? 1 : 0;
        }
        return largest / (sum / cases);
    }

    private static double meanSquare(TwoWayLayout layout, int caseIndex) {
        double sum = 0;
        for (int s = 0; s < layout.blocks(); s++) {
            sum += layout.residual(caseIndex, s) * layout.residual(caseIndex, s);
        }
        return layout.count(caseIndex) == 0 ? 0 : sum / layout.count(caseIndex);
    }

    private static double[][] drawn(Random random, TwoWayLayout layout) {
        double[][] values = new double[layout.cases()][layout.blocks()];
        for (int i = 0; i < values.length; i++) {
            for (int s = 0; s < values[i].length; s++) {
                values[i][s] = layout.has(i, s) ? random.nextGaussian() : Double.NaN;
            }
        }
        return values;
    }
}
