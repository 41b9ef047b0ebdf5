package io.maeharness.results;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A number that the paper prints; a type of its own, so that no report can take it for a measured one.
 *
 * @param cell table, case and metric
 * @param unit unit
 * @param value the number with the digits that the paper prints
 * @param model model of the paper's row, for example {@code ViT-L/16}
 * @param note how the number was read, or empty
 */
public record PrintedValue(CellKey cell, Unit unit, BigDecimal value, String model, String note) {

    public PrintedValue {
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(note, "note");
    }

    /** This value minus the other, with the digits that the paper prints. */
    public BigDecimal minus(PrintedValue other) {
        return value.subtract(other.value);
    }
}
