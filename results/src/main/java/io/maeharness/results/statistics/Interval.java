package io.maeharness.results.statistics;

/**
 * A range of values.
 *
 * @param low end, in the unit of the values
 * @param high end, not below the low one
 */
public record Interval(double low, double high) {
    /** Checks the order of the ends. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval needs low <= high, got " + low + " and " + high);
        }
    }

    /** The range of a centre plus and minus a half-width. */
    public static Interval around(double centre, double halfWidth) {
        return new Interval(centre - halfWidth, centre + halfWidth);
    }

    /** Half of the distance between the ends. */
    public double halfWidth() {
        return (high - low) / 2;
    }

    /** Whether the value lies in the range, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
