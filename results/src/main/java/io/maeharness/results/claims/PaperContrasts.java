package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import io.maeharness.results.PaperValues;
import io.maeharness.results.PrintedValue;
import java.util.Map;

/**
 * The paper's own numbers as evidence: one value a cell, with a stated deviation, normally distributed.
 *
 * @param values that the paper prints
 * @param deviations of them
 */
public record PaperContrasts(PaperValues values, StatedDeviations deviations) implements ContrastSource {
    /** Cells of ours that the paper prints in another table. */
    private static final Map<CellKey, CellKey> PRINTED_AS = Map.of(
            new CellKey("context", "scratch", "ft"), new CellKey("table3", "scratch", "vit-l"),
            new CellKey("context", "mae", "ft"), new CellKey("figure5", "ratio-75", "ft"),
            new CellKey("table2", "vit-l-depth-8", "flops"),
                    new CellKey("table1c", "encoder-with-mask-token", "flops"));

    /** The bundled numbers with the usual deviations. */
    public static PaperContrasts bundled() {
        return new PaperContrasts(PaperValues.bundled(), StatedDeviations.USUAL);
    }

    @Override
    public ContrastEstimate estimate(Claim claim, Component component) {
        double value = effect(component.coefficients(), claim.scale());
        double squared = component.coefficients().entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * deviations.of(printed(entry.getKey()), claim.scale()))
                .map(error -> error * error)
                .sum();
        return claim.variance() == Variance.COUNTED
                ? new ContrastEstimate.Counted(value)
                : new ContrastEstimate.Estimated(value, Math.sqrt(squared), Double.POSITIVE_INFINITY);
    }

    /**
     * A linear combination of the paper's numbers.
     *
     * @throws IllegalArgumentException when the paper prints none for a cell
     */
    double effect(Map<CellKey, Double> coefficients, Scale scale) {
        return coefficients.entrySet().stream()
                .mapToDouble(entry -> entry.getValue()
                        * scale.of(printed(entry.getKey()).value().doubleValue()))
                .sum();
    }

    private PrintedValue printed(CellKey cell) {
        return values.find(PRINTED_AS.getOrDefault(cell, cell))
                .orElseThrow(() -> new IllegalArgumentException("the paper prints no value of " + cell
                        + ", which a claim is about; add its row to results/paper/published.csv"));
    }
}
