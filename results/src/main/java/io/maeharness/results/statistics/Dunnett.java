package io.maeharness.results.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Gamma;

/**
 * Every row against the default: the distribution of the largest of several t statistics that share one mean and one
 * variance. Source: Dunnett 1955, 1964.
 */
public final class Dunnett {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** What all rows have in common: the error of the default. */
    private static final Quadrature SHARED = Quadrature.of(NORMAL::density, -8, 8);

    private static final double TAIL = 1e-13;

    private final double[] loadings;
    private final double degreesOfFreedom;
    private final Quadrature scale;

    private Dunnett(double[] loadings, double degreesOfFreedom) {
        if (loadings.length == 0 || !(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException(
                    "a comparison needs a row beside the default and degrees of freedom above" + " 0, got "
                            + loadings.length + " and " + degreesOfFreedom);
        }
        this.loadings = loadings;
        this.degreesOfFreedom = degreesOfFreedom;
        this.scale = scale(degreesOfFreedom);
    }

    /**
     * Rows whose differences to the default are all correlated alike.
     *
     * @param rows beside the default
     * @param correlation in [0, 1); 0.5 in a complete layout
     * @param degreesOfFreedom of the variance; infinite where it is known
     */
    public static Dunnett ofEqual(int rows, double correlation, double degreesOfFreedom) {
        double[] loadings = new double[rows];
        Arrays.fill(loadings, Math.sqrt(correlation));
        return of(loadings, degreesOfFreedom);
    }

    /**
     * Rows whose differences i and j are correlated as the product of two loadings, as with unequal counts in one way:
     * the loading of a row of n values against a default of m is the root of n / (n + m).
     */
    public static Dunnett of(double[] loadings, double degreesOfFreedom) {
        for (double loading : loadings) {
            if (!(loading >= 0 && loading < 1)) {
                throw new IllegalArgumentException("a loading must lie in [0, 1), got " + loading);
            }
        }
        return new Dunnett(loadings.clone(), degreesOfFreedom);
    }

    /** Probability that no statistic exceeds a bound when no row differs from the default. */
    public double probability(double bound, Sides sides) {
        return scale.integral(u -> SHARED.integral(z -> withinAll(z, bound * u, sides)));
    }

    /** Probability that some statistic is at least this large when no row differs: the adjusted p of a row. */
    public double adjusted(double statistic, Sides sides) {
        double bound = sides == Sides.TWO ? Math.abs(statistic) : statistic;
        return Math.max(0, Math.min(1, 1 - probability(bound, sides)));
    }

    /**
     * The bound that some statistic exceeds with a given probability when no row differs.
     *
     * @param level in (0, 0.5), for example 0.05
     */
    public double critical(double level, Sides sides) {
        double tail = level / loadings.length / (sides == Sides.TWO ? 2 : 1);
        double bonferroni = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(tail);
        return new BrentSolver(1e-10, 1e-10)
                .solve(200, bound -> probability(bound, sides) - (1 - level), 0, 1.05 * bonferroni);
    }

    /** Probability that all rows are within the bound, given the default's error; equal rows are computed once. */
    private double withinAll(double shared, double bound, Sides sides) {
        double product = 1;
        double factor = 0;
        for (int i = 0; i < loadings.length; i++) {
            if (i == 0 || loadings[i] != loadings[i - 1]) {
                factor = within(loadings[i], shared, bound, sides);
            }
            product *= factor;
        }
        return product;
    }

    private static double within(double loading, double shared, double bound, Sides sides) {
        double rest = Math.sqrt(1 - loading * loading);
        double upper = NORMAL.cumulativeProbability((loading * shared + bound) / rest);
        return sides == Sides.ONE ? upper : upper - NORMAL.cumulativeProbability((loading * shared - bound) / rest);
    }

    /** The estimated deviation in units of the true one. */
    private static Quadrature scale(double freedom) {
        if (Double.isInfinite(freedom)) {
            return Quadrature.at(1);
        }
        ChiSquaredDistribution squares = ChiSquaredDistribution.of(freedom);
        double half = freedom / 2;
        double constant = Math.log(2) + half * Math.log(half) - Gamma.logGamma(half);
        return Quadrature.of(
                u -> Math.exp(constant + (freedom - 1) * Math.log(u) - half * u * u),
                Math.sqrt(squares.inverseCumulativeProbability(TAIL) / freedom),
                Math.sqrt(squares.inverseSurvivalProbability(TAIL) / freedom));
    }

    /** Whether differences in one direction count, or in both. */
    public enum Sides {
        /** Only rows above the default. */
        ONE,
        /** Rows above or below it. */
        TWO
    }
}
