package io.maeharness.results.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cells of one metric in a reference and in a candidate.
 *
 * @param name of the metric
 * @param reference a case a cell and a block a seed
 * @param candidate the same cells, with the same seeds in the same blocks as far as both have them
 * @param uneven cells that vary otherwise than the rest, as found when the reference was made: each is tested with its
 *     own variance
 * @param trainings number of the training that a cell comes from, a cell each: cells of one training move together,
 *     and are tested as one, by their mean
 */
public record GateMetric(
        String name, TwoWayLayout reference, TwoWayLayout candidate, Set<Integer> uneven, List<Integer> trainings) {
    /** Checks that both sides have the same cells. */
    public GateMetric {
        uneven = Set.copyOf(uneven);
        trainings = List.copyOf(trainings);
        if (reference.cases() != candidate.cases() || reference.cases() != trainings.size()) {
            throw new IllegalArgumentException("reference, candidate and trainings of " + name
                    + " need the same cells, got " + reference.cases() + ", " + candidate.cases() + " and "
                    + trainings.size());
        }
    }

    /** Cells that vary alike and come from a training each: a row a cell and a column a seed, NaN where missing. */
    public static GateMetric of(String name, double[][] reference, double[][] candidate) {
        List<Integer> own = IntStream.range(0, reference.length).boxed().toList();
        return new GateMetric(name, TwoWayLayout.of(reference), TwoWayLayout.of(candidate), Set.of(), own);
    }

    /** The same cells, some of which come from one training. */
    public GateMetric withTrainings(List<Integer> numbers) {
        return new GateMetric(name, reference, candidate, uneven, numbers);
    }

    /** The same cells, some of which have a variance of their own. */
    public GateMetric withUneven(Set<Integer> cells) {
        return new GateMetric(name, reference, candidate, cells, trainings);
    }

    /** One row a training: the mean of its cells, missing where one of them is. */
    GateMetric byTraining() {
        List<Integer> distinct = trainings.stream().distinct().toList();
        if (distinct.size() == trainings.size()) {
            return this;
        }
        Set<Integer> unevenRows = uneven.stream()
                .map(cell -> distinct.indexOf(trainings.get(cell)))
                .collect(Collectors.toSet());
        return of(name, means(reference, distinct), means(candidate, distinct)).withUneven(unevenRows);
    }

    /** First cell of a row of {@link #byTraining}. */
    int firstCell(int row) {
        return trainings.indexOf(trainings.stream().distinct().toList().get(row));
    }

    private double[][] means(TwoWayLayout layout, List<Integer> distinct) {
        double[][] means = new double[distinct.size()][layout.blocks()];
        for (int row = 0; row < means.length; row++) {
            int training = distinct.get(row);
            Arrays.setAll(means[row], s -> IntStream.range(0, trainings.size())
                    .filter(cell -> trainings.get(cell) == training)
                    .mapToDouble(cell -> layout.cell(cell, s))
                    .average()
                    .orElseThrow());
        }
        return means;
    }
}
