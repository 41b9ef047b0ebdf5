package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A one-sided statement about a linear combination L of cells.
 *
 * @param coefficients of the cells; they sum to 0, so that what all cells have in common does not count
 * @param holdsAbove L has to be above this
 * @param contradictedBelow L below this says the opposite; at or above {@code holdsAbove}, and where it is above, more
 *     seeds always end in a verdict
 * @param ofRatio whether a cell is itself a ratio of two others, so that the coefficients need not sum to 0
 */
public record Component(
        Map<CellKey, Double> coefficients, double holdsAbove, double contradictedBelow, boolean ofRatio) {
    private static final double ROUNDING = 1e-9;

    /**
     * Checks the coefficients and thresholds.
     *
     * @throws IllegalArgumentException when the coefficients do not sum to 0 or a threshold is out of order
     */
    public Component {
        coefficients = Collections.unmodifiableMap(new LinkedHashMap<>(coefficients));
        double sum = coefficients.values().stream().mapToDouble(value -> value).sum();
        if (coefficients.isEmpty() || (!ofRatio && !(Math.abs(sum) < ROUNDING))) {
            throw new IllegalArgumentException("the coefficients of a component must sum to 0, got " + sum + " of "
                    + coefficients + "; a cell that is itself a ratio has to be declared as one");
        }
        if (!Double.isFinite(holdsAbove) || !(contradictedBelow >= holdsAbove)) {
            throw new IllegalArgumentException("a component is contradicted below " + contradictedBelow
                    + " and holds above " + holdsAbove + ", so both could be true at once: " + coefficients
                    + "; does the paper's own effect have the sign that is claimed?");
        }
    }

    /** The combination L of these values, on a scale. */
    public double contrast(Claim.Scale scale, ToDoubleFunction<CellKey> values) {
        return coefficients.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * scale.of(values.applyAsDouble(entry.getKey())))
                .sum();
    }

    /** The same statement about other cells. */
    Component renamed(UnaryOperator<CellKey> names) {
        Map<CellKey, Double> renamed = coefficients.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> names.apply(entry.getKey()), Map.Entry::getValue, Double::sum, LinkedHashMap::new));
        return new Component(renamed, holdsAbove, contradictedBelow, ofRatio);
    }
}
