package io.maeharness.results.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The additive model of a table and metric: a value is an effect of its case plus one of its block plus an error.
 *
 * <p>Cells may be missing; nothing is imputed. Blocks are fixed effects, so that only differences within blocks count,
 * and a block with one cell drops out by itself. Source: Yates 1933; normal equations reduced by the blocks.
 */
public final class TwoWayLayout {
    /** Share of the squares below which a residual is rounding of the arithmetic, not a variation of the values. */
    private static final double ROUNDING = 1e-24;

    private final double[][] values;
    private final Incidence incidence;
    private final double[] effects;
    private final double[] blockEffects;
    private final double residualSquares;

    private TwoWayLayout(double[][] values, Incidence incidence) {
        this.values = values;
        this.incidence = incidence;
        double grand = grandMean();
        this.effects = incidence.effects(values);
        this.blockEffects = incidence.blockEffects(values, effects);
        double squares = 0;
        double total = 0;
        for (int i = 0; i < cases(); i++) {
            for (int s = 0; s < blocks(); s++) {
                squares += square(residual(i, s));
                total += incidence.has(i, s) ? square(values[i][s] - grand) + square(grand) : 0;
            }
        }
        this.residualSquares = squares <= ROUNDING * total ? 0 : squares;
    }

    /**
     * Fits a layout.
     *
     * @param values a row a case and a column a block, NaN where a cell is missing
     * @throws IllegalArgumentException when rows have different lengths or a value is infinite
     */
    public static TwoWayLayout of(double[][] values) {
        double[][] copy = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
        return new TwoWayLayout(copy, new Incidence(copy));
    }

    /** Fits other values of the same cells: what is missing here is missing there. */
    TwoWayLayout refitted(double[][] others) {
        return new TwoWayLayout(others, incidence);
    }

    /** Number of cases, those without a value included. */
    public int cases() {
        return values.length;
    }

    /** Number of blocks, those without a value included. */
    public int blocks() {
        return incidence.blocks();
    }

    /** Whether a cell has a value. */
    public boolean has(int caseIndex, int block) {
        return incidence.has(caseIndex, block);
    }

    /** The value of a cell, NaN where it is missing. */
    public double cell(int caseIndex, int block) {
        return values[caseIndex][block];
    }

    /** Mean of the values that a case has, NaN without any. */
    public double mean(int caseIndex) {
        return Arrays.stream(values[caseIndex])
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** Number of values of a case. */
    public int count(int caseIndex) {
        return incidence.count(caseIndex);
    }

    /** Effect of a case, as its distance from the first case that it can be compared with. */
    public double effect(int caseIndex) {
        return effects[caseIndex];
    }

    /** Effect of a block beside those of its cases; NaN for a block without values. */
    public double blockEffect(int block) {
        return blockEffects[block];
    }

    /** Sum of the squared residuals. */
    public double residualSquares() {
        return residualSquares;
    }

    /** Degrees of freedom of the residuals: values minus cases minus blocks plus connected groups. */
    public int degreesOfFreedom() {
        return incidence.degreesOfFreedom();
    }

    /** The residual variance; empty without degrees of freedom, as with one seed. */
    public Optional<ResidualVariance> variance() {
        return degreesOfFreedom() == 0
                ? Optional.empty()
                : Optional.of(new ResidualVariance(residualSquares / degreesOfFreedom(), degreesOfFreedom()));
    }

    /** What the model leaves of a cell; 0 for a missing one. */
    public double residual(int caseIndex, int block) {
        return has(caseIndex, block) ? values[caseIndex][block] - effects[caseIndex] - blockEffects[block] : 0;
    }

    /**
     * Whether the layout can tell a combination from the effects of blocks: within each group of cases that blocks
     * connect, its coefficients sum to 0.
     */
    public boolean isEstimable(double[] coefficients) {
        return incidence.isEstimable(checked(coefficients));
    }

    /** Value of an estimable combination of the effects, coefficients in the order of the cases. */
    public double value(double[] coefficients) {
        requireEstimable(coefficients);
        return IntStream.range(0, cases())
                .mapToDouble(i -> coefficients[i] * effects[i])
                .sum();
    }

    /** Variance of an estimable combination, in units of the residual variance: c'c / n in a complete layout. */
    public double varianceFactor(double[] coefficients) {
        requireEstimable(coefficients);
        return incidence.quadraticForm(coefficients);
    }

    /** Covariance of two effects in units of the residual variance; the first case of each group has none. */
    public double covarianceFactor(int first, int second) {
        return incidence.covarianceFactor(first, second);
    }

    /** The combination with its error; empty when it is not estimable or there are no degrees of freedom. */
    public Optional<Contrast> contrast(double[] coefficients) {
        return isEstimable(coefficients)
                ? variance().map(variance -> contrast(coefficients, variance))
                : Optional.empty();
    }

    /** An estimable combination with an error from a variance that was chosen elsewhere. */
    public Contrast contrast(double[] coefficients, ResidualVariance variance) {
        double error = Math.sqrt(variance.value() * varianceFactor(coefficients));
        return new Contrast(value(coefficients), error, variance.degreesOfFreedom());
    }

    private void requireEstimable(double[] coefficients) {
        if (!isEstimable(coefficients)) {
            throw new IllegalArgumentException("the combination " + Arrays.toString(coefficients)
                    + " cannot be told from effects of blocks; ask isEstimable first");
        }
    }

    private double[] checked(double[] coefficients) {
        if (coefficients.length != cases()) {
            throw new IllegalArgumentException(
                    "a combination needs " + cases() + " coefficients, a case each, got " + coefficients.length);
        }
        return coefficients;
    }

    private double grandMean() {
        return Arrays.stream(values)
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0);
    }

    private static double square(double x) {
        return x * x;
    }
}
