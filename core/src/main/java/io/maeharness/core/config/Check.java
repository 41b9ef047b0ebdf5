package io.maeharness.core.config;

import io.maeharness.core.error.InvalidSettingException;
import java.util.List;

/** Range checks whose message names the key, the value, the allowed range and the way out. */
public final class Check {
    private Check() {}

    /** Demands {@code value >= least}. */
    public static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new InvalidSettingException(key + " must be at least " + least + ", got " + value);
        }
    }

    /** Demands {@code least <= value <= most}. */
    public static void between(String key, long value, long least, long most) {
        atLeast(key, value, least);
        if (value > most) {
            throw new InvalidSettingException(key + " must be at most " + most + ", got " + value);
        }
    }

    /** Demands a finite number above 0. */
    public static void positive(String key, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new InvalidSettingException(key + " must be a positive number, got " + value);
        }
    }

    /** Demands {@code least <= value <= most}. */
    public static void within(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new InvalidSettingException(key + " must lie in [" + least + ", " + most + "], got " + value);
        }
    }

    /** Demands that the first divides the second. */
    public static void divides(String divisorKey, int divisor, String key, int value) {
        if (divisor <= 0 || value % divisor != 0) {
            throw new InvalidSettingException(
                    divisorKey + " " + divisor + " must divide " + key + " " + value + "; choose one of its divisors");
        }
    }

    /** Demands one of the known words. */
    public static void oneOf(String key, String value, List<String> known) {
        if (!known.contains(value)) {
            throw new InvalidSettingException(
                    key + " must be one of " + String.join(", ", known) + ", got '" + value + "'");
        }
    }

    /** Demands so many positive whole numbers, each larger than the one before. */
    public static void ascending(String key, List<Integer> values, int count) {
        if (values.size() != count) {
            throw new InvalidSettingException(key + " must list " + count + " values, got " + values);
        }
        for (int i = 0; i < count; i++) {
            if (values.get(i) < 1 || (i > 0 && values.get(i) <= values.get(i - 1))) {
                throw new InvalidSettingException(key + " must be positive and ascending, got " + values);
            }
        }
    }
}
