package io.maeharness.results.statistics;

import java.util.Arrays;

/**
 * Independent values of one kind, summed up.
 *
 * @param count of the values, at least 1
 * @param mean of the values
 * @param variance of the values, divided by their count less one; NaN for a single one
 */
public record Sample(int count, double mean, double variance) {
    /** Checks that there is a value. */
    public Sample {
        if (count < 1 || !Double.isFinite(mean) || variance < 0) {
            throw new IllegalArgumentException("a sample needs at least one finite value and a variance of at least 0,"
                    + " got " + count + ", " + mean + ", " + variance);
        }
    }

    /** Sums up values, of which there must be at least one. */
    public static Sample of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new Sample(values.length, mean, squares / (values.length - 1));
    }

    /** The mean with its error; of differences of pairs this is the paired t test. Needs two values. */
    public Contrast contrast() {
        requireVariance();
        return new Contrast(mean, Math.sqrt(variance / count), count - 1);
    }

    /** Difference of the means when the variances may differ (Welch). Needs two values on both sides. */
    public Contrast minus(Sample other) {
        double a = contrast().standardError();
        double b = other.contrast().standardError();
        double squared = a * a + b * b;
        double freedom = squared == 0
                ? count + other.count - 2
                : squared * squared / (a * a * a * a / (count - 1) + b * b * b * b / (other.count - 1));
        return new Contrast(mean - other.mean, Math.sqrt(squared), freedom);
    }

    /** Difference of the means when the variances are the same. Needs three values together. */
    public Contrast minusPooled(Sample other) {
        double freedom = count + other.count - 2;
        double pooled = (squares() + other.squares()) / freedom;
        return new Contrast(mean - other.mean, Math.sqrt(pooled * (1.0 / count + 1.0 / other.count)), freedom);
    }

    private double squares() {
        return count == 1 ? 0 : variance * (count - 1);
    }

    private void requireVariance() {
        if (count < 2) {
            throw new IllegalArgumentException("a mean of one value has no error; at least two are needed");
        }
    }
}
