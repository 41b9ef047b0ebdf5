package io.maeharness.results.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's procedure: several tests, and at most the stated probability that any of them is wrong, whatever their
 * dependence. Source: Holm 1979, Scandinavian Journal of Statistics 6.
 */
public final class Holm {
    private Holm() {}

    /**
     * Adjusted probabilities, in the order given: a test is significant where its own is at most the level.
     *
     * @param probabilities in [0, 1], one a test
     */
    public static double[] adjusted(double[] probabilities) {
        for (double p : probabilities) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a probability must lie in [0, 1], got " + p);
            }
        }
        int[] order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[order.length];
        double running = 0;
        for (int step = 0; step < order.length; step++) {
            running = Math.max(running, Math.min(1, (order.length - step) * probabilities[order[step]]));
            adjusted[order[step]] = running;
        }
        return adjusted;
    }
}
