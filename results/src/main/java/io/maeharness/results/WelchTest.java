package io.maeharness.results;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Welch's t test: are two means different, when the variances may differ too?
 *
 * @param t the statistic, mean of the first minus mean of the second in standard errors; infinite when neither side
 *     varies but the means differ
 * @param degreesOfFreedom degrees of freedom after Welch and Satterthwaite
 * @param pValue two-sided probability of a statistic at least this large when the means are equal
 */
public record WelchTest(double t, double degreesOfFreedom, double pValue) {

    /** Test of the two means; empty unless both sides have at least two measurements. */
    public static Optional<WelchTest> of(Spread first, Spread second) {
        if (first.count() < 2 || second.count() < 2) {
            return Optional.empty();
        }
        double a = squaredError(first);
        double b = squaredError(second);
        double difference = first.mean() - second.mean();
        double freedom = a + b == 0
                ? first.count() + second.count() - 2.0
                : (a + b) * (a + b) / (a * a / (first.count() - 1) + b * b / (second.count() - 1));
        double t = difference == 0 ? 0 : difference / Math.sqrt(a + b);
        return Optional.of(new WelchTest(t, freedom, twoSided(t, freedom)));
    }

    /** Whether the means differ at the given level, for example 0.05. */
    public boolean isSignificant(double level) {
        return pValue < level;
    }

    private static double twoSided(double t, double freedom) {
        return 2 * TDistribution.of(freedom).survivalProbability(Math.abs(t));
    }

    private static double squaredError(Spread spread) {
        double error = spread.standardError().getAsDouble();
        return error * error;
    }
}
