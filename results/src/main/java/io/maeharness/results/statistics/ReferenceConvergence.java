package io.maeharness.results.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * MLPerf's rule for one cell, where higher is better: the candidate's mean must not fall below a limit that the
 * reference sets. It corrects for nothing, so it is made for a single cell.
 *
 * <p>Source: mlcommons/logging, {@code rcp_checker.py}: means leave out the lowest and the highest value, the deviation
 * is that of all values divided by their count, and the limit counts the values that are left.
 *
 * @param mean of the reference without its lowest and highest value
 * @param limit that the candidate's mean must reach
 * @param candidateMean mean of the candidate without its lowest and highest value
 */
public record ReferenceConvergence(double mean, double limit, double candidateMean) {
    /** The level of the rule for one cell. */
    public static final double LEVEL = 0.05;

    /** The fewest values on each side. */
    public static final int FEWEST = 3;

    /** Applies the rule at its own level, {@value #LEVEL}, to at least three values on each side. */
    public static ReferenceConvergence of(double[] reference, double[] candidate) {
        return of(reference, candidate, LEVEL);
    }

    /**
     * Applies the rule to at least three values on each side.
     *
     * @param level of the quantile in the limit, in (0, 1): {@value #LEVEL} divided by their number where several cells are
     *     compared
     */
    public static ReferenceConvergence of(double[] reference, double[] candidate, double level) {
        if (reference.length < FEWEST || candidate.length < FEWEST) {
            throw new IllegalArgumentException("the reference-convergence rule needs at least " + FEWEST
                    + " seeds on each side, got " + reference.length + " and " + candidate.length);
        }
        int before = reference.length - 2;
        int after = candidate.length - 2;
        Sample all = Sample.of(reference);
        double deviation = Math.sqrt(all.variance() * (all.count() - 1) / all.count());
        double spread = deviation * Math.sqrt(1.0 / before + 1.0 / after);
        double mean = olympicMean(reference);
        // With one value left on each side there is no degree of freedom: no candidate can be told to fail.
        double limit = before + after == 2
                ? Double.NEGATIVE_INFINITY
                : mean - spread * TDistribution.of(before + after - 2).inverseSurvivalProbability(level);
        return new ReferenceConvergence(mean, limit, olympicMean(candidate));
    }

    /** Whether a candidate could fail: with three values on each side none can. */
    public boolean isDecisive() {
        return limit > Double.NEGATIVE_INFINITY;
    }

    /** Whether the candidate reaches the limit. */
    public boolean passes() {
        return candidateMean >= limit;
    }

    private static double olympicMean(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(sorted, 1, sorted.length - 1).average().orElseThrow();
    }
}
