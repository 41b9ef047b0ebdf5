package io.maeharness.results.statistics;

/**
 * Two one-sided tests: does the truth lie strictly between two bounds? Source: Schuirmann 1987.
 *
 * @param pLower probability of such a value when the truth is the lower bound
 * @param pUpper the same for the upper bound
 */
public record Equivalence(double pLower, double pUpper) {
    /** Tests a contrast against both bounds, in its unit. */
    public static Equivalence of(Contrast contrast, Interval bounds) {
        return new Equivalence(contrast.pAbove(bounds.low()), contrast.pBelow(bounds.high()));
    }

    /** Probability of such values when the truth is outside: the larger of the two, with no correction. */
    public double pValue() {
        return Math.max(pLower, pUpper);
    }

    /** Whether equivalence is shown at a level; so it is iff the interval of coverage 1 - 2 levels is inside. */
    public boolean isShown(double level) {
        return pValue() <= level;
    }
}
