package io.maeharness.results.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What more seeds are likely to decide: the estimate of a later look, as those of today predict it.
 *
 * @param now contrast of today, with an error above 0
 * @param seeds of today, at least 1
 * @param laterSeeds at the later look, more than today
 * @param laterFreedom degrees of freedom at the later look
 */
public record Forecast(Contrast now, int seeds, int laterSeeds, double laterFreedom) {
    /** Checks that there are seeds to come. */
    public Forecast {
        if (seeds < 1 || laterSeeds <= seeds || !(laterFreedom > 0) || !(now.standardError() > 0)) {
            throw new IllegalArgumentException("a forecast needs an error above 0 and more seeds than today, got "
                    + now.standardError() + ", " + laterSeeds + " after " + seeds);
        }
    }

    /**
     * Probability that the later test finds the truth above a threshold.
     *
     * @param threshold in the unit of the contrast
     * @param level of the later test, one-sided, in (0, 1): weight of the look times 5 % over the open claims
     */
    public double above(double threshold, double level) {
        return TDistribution.of(now.degreesOfFreedom())
                .survivalProbability((threshold + margin(level) - now.value()) / spread());
    }

    /** Probability that the later test finds the truth below a threshold; the level divided by the components. */
    public double below(double threshold, double level) {
        return TDistribution.of(now.degreesOfFreedom())
                .cumulativeProbability((threshold - margin(level) - now.value()) / spread());
    }

    private double margin(double level) {
        return TDistribution.of(laterFreedom).inverseSurvivalProbability(level) * Math.sqrt(perSeed() / laterSeeds);
    }

    private double spread() {
        return Math.sqrt(perSeed() * (1.0 / seeds - 1.0 / laterSeeds));
    }

    /** Variance of the contrast of one seed. */
    private double perSeed() {
        return now.standardError() * now.standardError() * seeds;
    }
}
