package io.maeharness.results.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Reference and candidate of a metric under one model: how far did each cell move, and all together? */
final class MetricComparison {
    private final GateMetric metric;
    private final TwoWayLayout reference;
    private final TwoWayLayout candidate;
    private final int[] cells;

    MetricComparison(GateMetric metric) {
        this.metric = metric;
        this.reference = metric.reference();
        this.candidate = metric.candidate();
        this.cells = IntStream.range(0, reference.cases())
                .filter(i -> reference.count(i) > 0 && candidate.count(i) > 0)
                .toArray();
    }

    String name() {
        return metric.name();
    }

    /** Cells with a value on both sides; none where single cells cannot be told from blocks. */
    int[] testableCells() {
        boolean testable = cells.length > 1
                && varies()
                && Arrays.stream(cells).mapToObj(this::centred).allMatch(this::isEstimable);
        return testable ? cells.clone() : new int[0];
    }

    private boolean varies() {
        return variance().filter(found -> found.value() > 0).isPresent();
    }

    private boolean isEstimable(double[] coefficients) {
        return reference.isEstimable(coefficients) && candidate.isEstimable(coefficients);
    }

    /** Difference of the means of a cell, candidate less reference. */
    double difference(int cell) {
        return candidate.mean(cell) - reference.mean(cell);
    }

    /**
     * Movement of a cell against the mean of all: free of the effects of blocks, whether they are shared or not. The
     * error of an uneven cell is its own, after Welch, where it has two seeds on both sides.
     */
    Contrast againstTheOthers(int cell) {
        double[] centred = centred(cell);
        double movement = candidate.value(centred) - reference.value(centred);
        if (metric.uneven().contains(cell) && Math.min(reference.count(cell), candidate.count(cell)) > 1) {
            Contrast own = withoutBlocks(candidate, cell).minus(withoutBlocks(reference, cell));
            return new Contrast(movement, own.standardError(), own.degreesOfFreedom());
        }
        ResidualVariance variance = variance().orElseThrow();
        double factor = reference.varianceFactor(centred) + candidate.varianceFactor(centred);
        return new Contrast(movement, Math.sqrt(variance.value() * factor), variance.degreesOfFreedom());
    }

    private static Sample withoutBlocks(TwoWayLayout layout, int cell) {
        return Sample.of(IntStream.range(0, layout.blocks())
                .filter(s -> layout.has(cell, s))
                .mapToDouble(s -> layout.cell(cell, s) - layout.blockEffect(s))
                .toArray());
    }

    private double[] centred(int cell) {
        double[] coefficients = new double[reference.cases()];
        Arrays.stream(cells).forEach(i -> coefficients[i] = -1.0 / cells.length);
        coefficients[cell] += 1;
        return coefficients;
    }

    private Optional<ResidualVariance> variance() {
        Optional<ResidualVariance> after = candidate.variance();
        return reference
                .variance()
                .map(before -> after.map(before::joinedWith).orElse(before))
                .or(() -> after);
    }

    /** Movement of all cells together over the seeds of both sides; needs equal draws, so that blocks cancel. */
    Optional<Contrast> pairedShift() {
        double sum = 0;
        int pairs = 0;
        for (int i : cells) {
            for (int s = 0; s < Math.min(reference.blocks(), candidate.blocks()); s++) {
                if (reference.has(i, s) && candidate.has(i, s)) {
                    sum += candidate.cell(i, s) - reference.cell(i, s);
                    pairs++;
                }
            }
        }
        if (pairs == 0 || !varies()) {
            return Optional.empty();
        }
        ResidualVariance variance = variance().orElseThrow();
        return Optional.of(
                new Contrast(sum / pairs, Math.sqrt(2 * variance.value() / pairs), variance.degreesOfFreedom()));
    }

    /** Movement of all cells together from one seed to another: valid for any draws, and blind for small drops. */
    Optional<Contrast> unpairedShift() {
        if (cells.length == 0) {
            return Optional.empty();
        }
        double[][] both = Arrays.stream(cells).mapToObj(this::bothSides).toArray(double[][]::new);
        TwoWayLayout joint = TwoWayLayout.of(both);
        double[] before = blockEffects(joint, 0, reference.blocks());
        double[] after = blockEffects(joint, reference.blocks(), joint.blocks());
        if (before.length + after.length < 3) {
            return Optional.empty();
        }
        Contrast shift = Sample.of(after).minusPooled(Sample.of(before));
        return shift.standardError() > 0 ? Optional.of(shift) : Optional.empty();
    }

    private static double[] blockEffects(TwoWayLayout joint, int from, int to) {
        return IntStream.range(from, to)
                .mapToDouble(joint::blockEffect)
                .filter(effect -> !Double.isNaN(effect))
                .toArray();
    }

    private double[] bothSides(int cell) {
        return DoubleStream.concat(
                        IntStream.range(0, reference.blocks()).mapToDouble(s -> reference.cell(cell, s)),
                        IntStream.range(0, candidate.blocks()).mapToDouble(s -> candidate.cell(cell, s)))
                .toArray();
    }
}
