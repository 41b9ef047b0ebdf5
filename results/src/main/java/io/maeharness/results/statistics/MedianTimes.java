package io.maeharness.results.statistics;

import java.util.Arrays;

/**
 * Noise of times on the scale of logarithms, from the ranges of a few processes a row: a row's value is the median of
 * its processes.
 *
 * <p>Source: mean range and variance of the median of normal samples (tables of order statistics).
 */
public final class MedianTimes {
    private static final int FEWEST = 2;
    /** Mean range of 2, 3, 4 and 5 standard normal values. */
    private static final double[] RANGE = {1.128, 1.693, 2.059, 2.326};
    /** Variance of the median of 2, 3, 4 and 5 standard normal values. */
    private static final double[] MEDIAN_VARIANCE = {0.5, 0.4487, 0.2982, 0.2868};

    private MedianTimes() {}

    /**
     * Variance of the logarithm of one row's median.
     *
     * @param processes of each row, 2 to 5
     * @param medians times of the rows, above 0, in any unit
     * @param ranges longest less shortest time of each row, in the same unit
     */
    public static ResidualVariance of(int processes, double[] medians, double[] ranges) {
        int place = processes - FEWEST;
        if (place < 0 || place >= RANGE.length || medians.length == 0 || medians.length != ranges.length) {
            throw new IllegalArgumentException("noise of times needs rows of 2 to 5 processes with a median and a range"
                    + " each, got " + processes + " processes, " + medians.length + " and " + ranges.length);
        }
        double[] deviations = new double[medians.length];
        Arrays.setAll(deviations, row -> ranges[row] / RANGE[place] / medians[row]);
        double deviation = Arrays.stream(deviations).average().orElseThrow();
        return new ResidualVariance(MEDIAN_VARIANCE[place] * deviation * deviation, (processes - 1.0) * medians.length);
    }

    /** A combination of logarithms of medians, from its value, its coefficients and the noise of one row. */
    public static Contrast contrast(double value, double[] coefficients, ResidualVariance noise) {
        double squares = Arrays.stream(coefficients).map(c -> c * c).sum();
        return new Contrast(value, Math.sqrt(squares * noise.value()), noise.degreesOfFreedom());
    }
}
