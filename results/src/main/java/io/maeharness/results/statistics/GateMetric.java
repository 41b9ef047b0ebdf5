package io.maeharness.results.statistics;

/**
 * Cells of one metric in a reference and in a candidate.
 *
 * @param name of the metric
 * @param reference a case a cell and a block a seed
 * @param candidate the same cells, with the same seeds in the same blocks as far as both have them
 */
public record GateMetric(String name, TwoWayLayout reference, TwoWayLayout candidate) {
    /** Checks that both sides have the same cells. */
    public GateMetric {
        if (reference.cases() != candidate.cases()) {
            throw new IllegalArgumentException("reference and candidate of " + name + " need the same cells, got "
                    + reference.cases() + " and " + candidate.cases());
        }
    }

    /** A metric from values, a row a cell and a column a seed, NaN where missing. */
    public static GateMetric of(String name, double[][] reference, double[][] candidate) {
        return new GateMetric(name, TwoWayLayout.of(reference), TwoWayLayout.of(candidate));
    }
}
