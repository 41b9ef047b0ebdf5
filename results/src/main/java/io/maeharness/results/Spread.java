package io.maeharness.results;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Mean and spread of repeated measurements, one for each seed.
 *
 * @param count number of measurements, at least 1
 * @param mean arithmetic mean
 * @param standardDeviation sample standard deviation (divisor count - 1); empty for a single measurement
 */
public record Spread(int count, double mean, OptionalDouble standardDeviation) {

    public Spread {
        if (count < 1 || standardDeviation.isPresent() != count > 1) {
            throw new IllegalArgumentException("a spread needs a measurement, and a deviation exactly from two on, got "
                    + count + " measurements with deviation " + standardDeviation);
        }
    }

    /**
     * Spread of the given measurements.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Spread of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(
                values.length,
                mean,
                values.length > 1
                        ? OptionalDouble.of(Math.sqrt(squares / (values.length - 1)))
                        : OptionalDouble.empty());
    }
}
