package io.maeharness.results.statistics;

/**
 * How much a cell varies beside what its case and its block explain.
 *
 * @param value of the variance, not negative
 * @param degreesOfFreedom that it was estimated with, above 0
 */
public record ResidualVariance(double value, double degreesOfFreedom) {
    /** Checks that there are degrees of freedom. */
    public ResidualVariance {
        if (!(value >= 0) || !(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("a variance needs a value of at least 0 and degrees of freedom above 0,"
                    + " got " + value + " and " + degreesOfFreedom);
        }
    }

    /** Both estimates of one variance together, weighted by their degrees of freedom. */
    public ResidualVariance joinedWith(ResidualVariance other) {
        double freedom = degreesOfFreedom + other.degreesOfFreedom;
        return new ResidualVariance(
                (value * degreesOfFreedom + other.value * other.degreesOfFreedom) / freedom, freedom);
    }

    /** The deviation, in the unit of the values. */
    public double deviation() {
        return Math.sqrt(value);
    }
}
