package io.maeharness.results.gate;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one comparison of the gate found.
 *
 * @param tier which kind of comparison, for example {@code curves}
 * @param name what was compared, for example {@code table1f/block-75 pretrain}
 * @param status how it came out
 * @param detail the numbers behind it, on one line
 * @param value the measured number that is worth following from run to run, where there is one
 */
public record GateFinding(String tier, String name, Status status, String detail, OptionalDouble value) {
    /** How a comparison came out, from good to bad. */
    public enum Status {
        /** As the reference. */
        SAME("same"),
        /** Better than the reference by more than noise. */
        BETTER("better"),
        /** Worse, or other than a computation with these seeds may be. */
        REGRESSION("regression"),
        /** Nothing can be said. */
        CANNOT_TELL("cannot tell");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** As it is printed. */
        public String words() {
            return words;
        }
    }

    /** Checks that everything is given. */
    public GateFinding {
        Objects.requireNonNull(status, "status");
        if (tier.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("a finding needs a tier and a name, got '" + tier + "', '" + name + "'");
        }
    }

    /** A finding without a number to follow. */
    public static GateFinding of(String tier, String name, Status status, String detail) {
        return new GateFinding(tier, name, status, detail, OptionalDouble.empty());
    }
}
