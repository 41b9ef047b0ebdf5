package io.maeharness.results.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An estimate of a linear combination, with an error that Student's t describes.
 *
 * @param value of the combination
 * @param standardError of the value, not negative; 0 where nothing varied, which decides nothing
 * @param degreesOfFreedom of the error, above 0, not always whole; infinite where the error is known
 */
public record Contrast(double value, double standardError, double degreesOfFreedom) {
    /** Checks that the error is one. */
    public Contrast {
        if (!Double.isFinite(value) || !(standardError >= 0) || !(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("a contrast needs a finite value, an error of at least 0 and degrees"
                    + " of freedom above 0, got " + value + ", " + standardError + ", " + degreesOfFreedom);
        }
    }

    /** Distance from a threshold in standard errors; NaN where nothing varied. */
    public double statistic(double threshold) {
        return standardError == 0 ? Double.NaN : (value - threshold) / standardError;
    }

    /** Probability of a value this high or higher when the truth is the threshold; 1 where nothing varied. */
    public double pAbove(double threshold) {
        return standardError == 0 ? 1 : t().survivalProbability(statistic(threshold));
    }

    /** Probability of a value this low or lower when the truth is the threshold; 1 where nothing varied. */
    public double pBelow(double threshold) {
        return standardError == 0 ? 1 : t().cumulativeProbability(statistic(threshold));
    }

    /** Probability of a value this far from the threshold on either side, when it is the truth. */
    public double pDifferent(double threshold) {
        return Math.min(1, 2 * Math.min(pAbove(threshold), pBelow(threshold)));
    }

    /**
     * The interval that covers the truth with a given probability, for this contrast alone.
     *
     * @param coverage in (0, 1), for example 0.95
     */
    public Interval interval(double coverage) {
        return Interval.around(value, standardError * t().inverseSurvivalProbability((1 - coverage) / 2));
    }

    /**
     * The smallest distance from a threshold that a one-sided test finds.
     *
     * @param level of the test, in (0, 1)
     */
    public double critical(double level) {
        return standardError * t().inverseSurvivalProbability(level);
    }

    private TDistribution t() {
        return TDistribution.of(degreesOfFreedom);
    }
}
