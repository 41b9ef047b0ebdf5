package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import io.maeharness.results.difference.RecordedAnswers;
import io.maeharness.results.statistics.TestSplitError;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The answers of runs to the images of the test split, which all cells and seeds share. */
public final class TestAnswers {
    private final Map<CellKey, List<RecordedAnswers>> answers = new TreeMap<>();
    private final Map<Component, Optional<TestSplitError>> errors = new HashMap<>();

    /**
     * Takes answers.
     *
     * @param bySeed of the cells, for each seed of which they are known; none is empty
     */
    public TestAnswers(Map<CellKey, Map<Long, RecordedAnswers>> bySeed) {
        bySeed.forEach((cell, known) -> answers.put(cell, List.copyOf(known.values())));
    }

    /**
     * What the choice of images adds to the error of a component; empty where the answers of a cell are not known, or cells
     * were measured on splits of different size.
     */
    Optional<TestSplitError> error(Component component) {
        return errors.computeIfAbsent(component, this::computed);
    }

    private Optional<TestSplitError> computed(Component component) {
        Set<CellKey> cells = component.coefficients().keySet();
        List<Integer> sizes = cells.stream()
                .flatMap(cell -> answers.getOrDefault(cell, List.of()).stream())
                .map(RecordedAnswers::images)
                .distinct()
                .toList();
        if (!answers.keySet().containsAll(cells) || sizes.size() != 1 || sizes.get(0) < 2) {
            return Optional.empty();
        }
        double[] coefficients = cells.stream()
                .mapToDouble(cell -> component.coefficients().get(cell))
                .toArray();
        List<List<BitSet>> correct = cells.stream()
                .map(cell ->
                        answers.get(cell).stream().map(RecordedAnswers::correct).toList())
                .toList();
        return Optional.of(TestSplitError.of(sizes.get(0), coefficients, correct));
    }
}
