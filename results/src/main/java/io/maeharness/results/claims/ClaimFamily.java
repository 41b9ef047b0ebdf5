package io.maeharness.results.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Declares the claims of a table: one call a claim.
 *
 * <p>Cells are written {@code ratio-75.ft}, those of another table {@code context:scratch.ft}.
 *
 * @param family the claims that are adjusted for one another
 * @param table whose cells are written without the table
 * @param terms by what thresholds are set
 * @param scale of the cells of the claims that are declared with this
 * @param variance of these claims
 */
public record ClaimFamily(String family, String table, ClaimTerms terms, Claim.Scale scale, Claim.Variance variance) {
    private static final double DIGITS = 1e9;

    /** The same family, for claims about ratios. */
    public ClaimFamily onLogarithms() {
        return new ClaimFamily(family, table, terms, Claim.Scale.LOG, variance);
    }

    /** The same family, for claims whose noise only their own differences show. */
    public ClaimFamily withOwnVariance() {
        return new ClaimFamily(family, table, terms, scale, Claim.Variance.OWN);
    }

    /** The same family, for claims about ratios of numbers that are counted and not measured. */
    public ClaimFamily counted() {
        return new ClaimFamily(family, table, terms, Claim.Scale.LOG, Claim.Variance.COUNTED);
    }

    /** A claim that the paper's text makes. */
    public Claim primary(String id, String place, String statement, List<Component> components) {
        return new Claim(id, family, true, place, statement, components, scale, variance);
    }

    /** A claim that the paper's text makes, of these components. */
    public Claim primary(String id, String place, String statement, Component... components) {
        return primary(id, place, statement, List.of(components));
    }

    /** A claim that is shown and does not count. */
    public Claim secondary(String id, String place, String statement, List<Component> components) {
        return new Claim(id, family, false, place, statement, components, scale, variance);
    }

    /** A claim that is shown and does not count, of these components. */
    public Claim secondary(String id, String place, String statement, Component... components) {
        return secondary(id, place, statement, List.of(components));
    }

    /** A single cell. */
    public Combination cell(String written) {
        return Combination.of(written, table);
    }

    /** The mean of cells. */
    public Combination mean(String... cells) {
        return Stream.of(cells)
                .map(this::cell)
                .reduce(Combination::plus)
                .orElseThrow()
                .times(1.0 / cells.length);
    }

    /** One cell above another. */
    public Component higher(String high, String low) {
        return higher(cell(high), cell(low));
    }

    /** One combination above another. */
    public Component higher(Combination high, Combination low) {
        return positive(high.minus(low), false);
    }

    /** One cell below another by less than the margin, points. */
    public Component notWorse(String cell, String reference, double margin) {
        return new Component(cell(cell).minus(cell(reference)).coefficients(), -margin, -margin, false);
    }

    /** Two cells that differ by less than the margin, points, in either direction. */
    public List<Component> same(String cell, String reference, double margin) {
        return List.of(notWorse(cell, reference, margin), notWorse(reference, cell, margin));
    }

    /** A rise over an ordered axis: the sum of coefficients times cells above 0. */
    public Component slope(List<String> cells, List<Double> coefficients) {
        if (cells.size() != coefficients.size()) {
            throw new IllegalArgumentException(
                    "a slope needs a coefficient a cell, got " + coefficients.size() + " for " + cells);
        }
        List<Combination> terms = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            terms.add(cell(cells.get(i)).times(coefficients.get(i)));
        }
        return positive(terms.stream().reduce(Combination::plus).orElseThrow(), false);
    }

    /** A difference larger than another: {@code (high - low) - (otherHigh - otherLow)} above 0. */
    public Component interaction(String high, String low, String otherHigh, String otherLow) {
        return interaction(cell(high), cell(low), cell(otherHigh), cell(otherLow));
    }

    /** A difference of combinations larger than another. */
    public Component interaction(Combination high, Combination low, Combination otherHigh, Combination otherLow) {
        return higher(high.minus(low), otherHigh.minus(otherLow));
    }

    /** One cell more than so many times another; on logarithms. */
    public Component timesAbove(String high, String low, double factor) {
        requireLogarithms();
        double threshold = Math.log(factor);
        return new Component(cell(high).minus(cell(low)).coefficients(), threshold, threshold, false);
    }

    /** A cell that is itself a ratio above that of two others; on logarithms. */
    public Component ratioAbove(String ratio, String high, String low) {
        requireLogarithms();
        return positive(cell(ratio).minus(cell(high).minus(cell(low))), true);
    }

    /** A combination above 0, contradicted when it is smaller than half of the paper's, or the smallest that counts. */
    private Component positive(Combination combination, boolean ofRatio) {
        double half = terms.paper().effect(combination.coefficients(), scale) / 2;
        double enough = scale == Claim.Scale.POINTS ? Math.min(terms.smallest(), half) : half;
        return new Component(combination.coefficients(), 0, rounded(enough), ofRatio);
    }

    /** Without what is left of differences of decimal numbers: 0.45 and not 0.45000000000000284. */
    private static double rounded(double threshold) {
        return Math.rint(threshold * DIGITS) / DIGITS;
    }

    private void requireLogarithms() {
        if (scale != Claim.Scale.LOG) {
            throw new IllegalStateException("ratios are claims on logarithms; declare them with onLogarithms()");
        }
    }
}
