package io.maeharness.results;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param key key of the metric, for example {@code ft}, {@code lin}, {@code knn}, {@code flops}
 * @param label name of the column, for example {@code ft}
 * @param unit unit of the values
 * @param decimals digits printed after the decimal point of our values, 0-6, fewer of large ones; the paper's keep their own
 */
public record MetricLayout(String key, String label, Unit unit, int decimals) {

    public MetricLayout {
        TableLayout.requireText("metric key", key);
        TableLayout.requireText("metric label", label);
        Objects.requireNonNull(unit, "unit");
        if (decimals < 0 || decimals > 6) {
            throw new IllegalArgumentException("decimals must lie in 0-6, got " + decimals + " for metric " + key);
        }
    }

    /** Label with the unit, for example {@code ft (%)}. */
    public String heading() {
        return label + " (" + unit.symbol() + ")";
    }
}
