package io.maeharness.results.statistics;

import java.util.Set;

/**
 * Cells of one metric in a reference and in a candidate.
 *
 * @param name of the metric
 * @param reference a case a cell and a block a seed
 * @param candidate the same cells, with the same seeds in the same blocks as far as both have them
 * @param uneven cells that vary otherwise than the rest, as found when the reference was made: each is tested with its
 *     own variance
 */
public record GateMetric(String name, TwoWayLayout reference, TwoWayLayout candidate, Set<Integer> uneven) {
    /** Checks that both sides have the same cells. */
    public GateMetric {
        uneven = Set.copyOf(uneven);
        if (reference.cases() != candidate.cases()) {
            throw new IllegalArgumentException("reference and candidate of " + name + " need the same cells, got "
                    + reference.cases() + " and " + candidate.cases());
        }
    }

    /** A metric whose cells vary alike, from values: a row a cell and a column a seed, NaN where missing. */
    public static GateMetric of(String name, double[][] reference, double[][] candidate) {
        return new GateMetric(name, TwoWayLayout.of(reference), TwoWayLayout.of(candidate), Set.of());
    }
}
