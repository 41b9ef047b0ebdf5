package io.maeharness.core.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;

/** Comparison by the largest difference over the largest magnitude of the expected tensor. */
public final class Closeness {
    private Closeness() {}

    /** Demands a relative difference of at most {@code tolerance}. */
    public static void assertClose(String name, NDArray expected, NDArray actual, double tolerance) {
        assertArrayEquals(expected.getShape().getShape(), actual.getShape().getShape(), "shape of " + name);
        assertClose(name, expected.toFloatArray(), actual.toFloatArray(), tolerance);
    }

    /** Demands a relative difference of at most {@code tolerance}. */
    public static void assertClose(String name, float[] expected, float[] actual, double tolerance) {
        double magnitude = 0;
        for (float value : expected) {
            magnitude = Math.max(magnitude, Math.abs(value));
        }
        assertWithin(name, expected, actual, tolerance * Math.max(magnitude, 1e-12));
    }

    /** Demands an absolute difference of at most {@code most}. */
    public static void assertWithin(String name, float[] expected, float[] actual, double most) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
        }
        assertTrue(worst <= most, name + " differs by " + worst + ", allowed " + most);
    }
}
