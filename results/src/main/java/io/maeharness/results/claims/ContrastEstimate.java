package io.maeharness.results.claims;

import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/** What is known of the linear combination of a component, in points or as a logarithm. */
public sealed interface ContrastEstimate {
    /**
     * An estimate with its error, as Student's t has it.
     *
     * @param value of the combination
     * @param standardError of the value, above 0
     * @param degreesOfFreedom of the error; infinite where it is known
     */
    record Estimated(double value, double standardError, double degreesOfFreedom) implements ContrastEstimate {
        /** What a 95 % interval leaves out on each side. */
        private static final double TAIL = 0.025;

        /** Checks that the error is one. */
        public Estimated {
            if (!Double.isFinite(value) || !(standardError > 0) || !(degreesOfFreedom > 0)) {
                throw new IllegalArgumentException("an estimate needs a finite value, an error and degrees of freedom"
                        + " above 0, got " + value + ", " + standardError + ", " + degreesOfFreedom);
            }
        }

        @Override
        public double pAbove(double threshold) {
            return TDistribution.of(degreesOfFreedom).survivalProbability(statistic(threshold));
        }

        @Override
        public double pBelow(double threshold) {
            return TDistribution.of(degreesOfFreedom).cumulativeProbability(statistic(threshold));
        }

        /** Half of the 95 % interval of this value alone, two-sided. */
        public double halfWidth() {
            return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(TAIL) * standardError;
        }

        /** Distance from a threshold in standard errors. */
        public double statistic(double threshold) {
            return (value - threshold) / standardError;
        }
    }

    /**
     * A value without noise, counted from the configuration.
     *
     * @param value of the combination
     */
    record Counted(double value) implements ContrastEstimate {
        @Override
        public double pAbove(double threshold) {
            return value > threshold ? 0 : 1;
        }

        @Override
        public double pBelow(double threshold) {
            return value < threshold ? 0 : 1;
        }
    }

    /**
     * A value of which nobody knows how far off it may be.
     *
     * @param value of the combination
     * @param reason why, for example {@code 1 seed}
     */
    record WithoutError(double value, String reason) implements ContrastEstimate {}

    /**
     * No value.
     *
     * @param reason why: which cell is pending or has failed
     */
    record Missing(String reason) implements ContrastEstimate {}

    /** The value of the combination; empty when it is missing. */
    default OptionalDouble known() {
        if (this instanceof Estimated estimated) {
            return OptionalDouble.of(estimated.value());
        }
        if (this instanceof Counted counted) {
            return OptionalDouble.of(counted.value());
        }
        return this instanceof WithoutError without ? OptionalDouble.of(without.value()) : OptionalDouble.empty();
    }

    /** Probability of a value this high or higher when the truth is the threshold; 1 where that cannot be said. */
    default double pAbove(double threshold) {
        return 1;
    }

    /** Probability of a value this low or lower when the truth is the threshold; 1 where that cannot be said. */
    default double pBelow(double threshold) {
        return 1;
    }

    /** Where the estimates of components come from: the paper's numbers, or measured seeds. */
    @FunctionalInterface
    public interface Source {
        /**
         * What is known of a component of a claim.
         *
         * @param claim says scale and variance
         * @param component its combination, of cells that the source may have
         */
        ContrastEstimate estimate(Claim claim, Component component);
    }
}
