package io.maeharness.results.statistics;

import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How much a cell alone varies over seeds: by its block and by its residual, both estimated from the whole table.
 *
 * @param variance of a cell over seeds
 * @param degreesOfFreedom after Satterthwaite
 */
public record CellSpread(double variance, double degreesOfFreedom) {
    /** The spread of a layout; empty when no case has two seeds. */
    public static Optional<CellSpread> of(TwoWayLayout layout) {
        int within = IntStream.range(0, layout.cases())
                .map(i -> Math.max(0, layout.count(i) - 1))
                .sum();
        int blockFreedom = within - layout.degreesOfFreedom();
        if (blockFreedom == 0) {
            return Optional.empty();
        }
        double blockSquare = (squaresWithinCases(layout) - layout.residualSquares()) / blockFreedom;
        double residual = layout.variance().map(ResidualVariance::value).orElse(0.0);
        // How often a block's effect counts in its mean square: the number of cases where none is missing.
        double cells = (double) within / blockFreedom;
        double first = blockSquare / cells;
        double second = (cells - 1) * residual / cells;
        double freedom = (first + second)
                * (first + second)
                / (first * first / blockFreedom + second * second / Math.max(1, layout.degreesOfFreedom()));
        return Optional.of(new CellSpread(first + second, first + second == 0 ? blockFreedom : freedom));
    }

    /** Half of the 95 % interval of a cell's mean over some seeds, in the unit of the values. */
    public double halfWidth(int seeds) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(0.025) * Math.sqrt(variance / seeds);
    }

    private static double squaresWithinCases(TwoWayLayout layout) {
        double squares = 0;
        for (int i = 0; i < layout.cases(); i++) {
            double mean = layout.mean(i);
            for (int s = 0; s < layout.blocks(); s++) {
                squares += layout.has(i, s) ? (layout.cell(i, s) - mean) * (layout.cell(i, s) - mean) : 0;
            }
        }
        return squares;
    }
}
