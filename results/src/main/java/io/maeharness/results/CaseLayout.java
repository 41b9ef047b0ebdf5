package io.maeharness.results;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of a table.
 *
 * @param key key of the case, as in {@link ResultRow#caseKey()}, for example {@code depth-4}
 * @param label label as the paper prints it, for example {@code 4}
 * @param ours our profile's own setting where it differs from the paper's, for example {@code 2}; empty when the same
 * @param isDefault whether this is the default setting that the other rows are compared with
 * @param x place on the paper's axis, for example 4 blocks or 75 percent; empty where the cases have no numeric axis
 * @param series name of the curve the case belongs to, where a figure has several, for example {@code MAE}
 * @param remark what else a reader must know of our side of the case, in words; empty for most
 */
public record CaseLayout(
        String key,
        String label,
        String ours,
        boolean isDefault,
        OptionalDouble x,
        Optional<String> series,
        String remark) {

    public CaseLayout {
        TableLayout.requireText("case key", key);
        TableLayout.requireText("case label", label);
        Objects.requireNonNull(ours, "ours must be empty when it is the paper's number");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(remark, "remark must be empty when there is none");
        if (x.isPresent() && !Double.isFinite(x.getAsDouble())) {
            throw new IllegalArgumentException("x must be finite, got " + x.getAsDouble() + " for case " + key);
        }
    }

    /** Case without a numeric axis, without a series and with the paper's own setting. */
    public static CaseLayout of(String key, String label) {
        return new CaseLayout(key, label, "", false, OptionalDouble.empty(), Optional.empty(), "");
    }

    /** The same case, as the one that others are compared with or not. */
    public CaseLayout asDefault(boolean compared) {
        return new CaseLayout(key, label, ours, compared, x, series, remark);
    }

    /** The same case with our profile's own setting, {@code ""} when it is the paper's. */
    public CaseLayout withOurs(String text) {
        return new CaseLayout(key, label, text, isDefault, x, series, remark);
    }

    /** The same case at a place on the paper's axis. */
    public CaseLayout at(double place) {
        return new CaseLayout(key, label, ours, isDefault, OptionalDouble.of(place), series, remark);
    }

    /** The same case with another label. */
    public CaseLayout labelled(String text) {
        return new CaseLayout(key, text, ours, isDefault, x, series, remark);
    }

    /** The same case with a remark on our side of it. */
    public CaseLayout remarked(String text) {
        return new CaseLayout(key, label, ours, isDefault, x, series, text);
    }

    /** The same case on the named curve of a figure. */
    public CaseLayout onSeries(String name) {
        return new CaseLayout(key, label, ours, isDefault, x, Optional.of(name), remark);
    }

    /**
     * Place on our own axis: our profile's number where it is one, else the paper's place; empty without a numeric
     * axis.
     */
    public OptionalDouble ownX() {
        return x.isPresent() && ours.matches("\\d+(\\.\\d+)?") ? OptionalDouble.of(Double.parseDouble(ours)) : x;
    }
}
