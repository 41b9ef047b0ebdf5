package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.Spread;
import io.maeharness.results.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers are set: a real minus sign, fixed decimals, the same in every output and every locale. */
public final class Notation {

    /** Digits of a number that is not an accuracy: nobody compares two machines by the fifth. */
    private static final int DIGITS = 4;

    private static final double COMPUTED = 1e-9;

    private Notation() {}

    /** A value with the metric's decimals, fewer where they would be more than four digits in all; thousands have a comma. */
    public static String value(double value, MetricLayout metric) {
        BigDecimal number = rounded(value, decimals(value, metric));
        return String.format(Locale.ROOT, "%,." + number.scale() + "f", number).replace('-', '−');
    }

    /**
     * Half of the interval of a mean as {@code ± 0.31}, with one digit more than the mean has; empty where there is none.
     *
     * @param mean in the middle of the interval
     */
    public static String halfWidth(OptionalDouble half, double mean, MetricLayout metric) {
        return half.isEmpty() ? "" : "± " + decimal(half.getAsDouble(), decimals(mean, metric) + 1);
    }

    /** Whether a value is the same number for all seeds, because it follows from the configuration. */
    static boolean isComputed(Spread spread, MetricLayout metric) {
        return metric.unit() != Unit.PERCENT && spread.standardDeviation().orElse(0) < COMPUTED;
    }

    /** A difference with its sign, for example {@code +0.4} or {@code −1.2}. */
    public static String difference(double points, MetricLayout metric) {
        return signed(rounded(points, metric.decimals()));
    }

    /** The interval of a difference as {@code ± 0.97}, and a star where it is significant; empty where neither is known. */
    public static String interval(TableView.Difference difference, MetricLayout metric) {
        String interval = difference.halfWidth().isPresent()
                ? "± " + decimal(difference.halfWidth().getAsDouble(), metric.decimals())
                : "";
        return interval + (difference.significant() ? "*" : "");
    }

    /** The paper's difference with its sign and its own digits. */
    public static String difference(BigDecimal points) {
        return signed(points);
    }

    /** Number with a fixed count of decimals and a real minus sign. */
    public static String decimal(double value, int decimals) {
        return rounded(value, decimals).toPlainString().replace('-', '−');
    }

    private static int decimals(double value, MetricLayout metric) {
        double size = Math.abs(value);
        int before = size < 1 ? 1 : (int) Math.log10(size) + 1;
        return Math.min(metric.decimals(), Math.max(0, DIGITS - before));
    }

    /** The case as the paper labels it, with its curve's name and what is our own about it: {@code 8 (ours: 4)}. */
    public static String label(CaseLayout row) {
        return label(row, ours(row));
    }

    /** What is our own about the case: a setting, a remark or both; empty when there is nothing. */
    public static String ours(CaseLayout row) {
        return row.ours() + (row.ours().isEmpty() || row.remark().isEmpty() ? "" : ", ") + row.remark();
    }

    private static String label(CaseLayout row, String ours) {
        return paperLabel(row) + (ours.isEmpty() ? "" : " (ours: " + ours + ")");
    }

    /** The case for a plot: as {@link #label} without the remark, which the table has. */
    public static String shortLabel(CaseLayout row) {
        return label(row, row.ours());
    }

    /** The case as the paper labels it, with its curve's name where the figure has several: {@code MAE, 4}. */
    public static String paperLabel(CaseLayout row) {
        return row.series().map(series -> series + ", ").orElse("") + row.label();
    }

    private static BigDecimal rounded(double value, int decimals) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    private static String signed(BigDecimal value) {
        String sign = value.signum() > 0 ? "+" : value.signum() < 0 ? "−" : "";
        return sign + value.abs().toPlainString();
    }
}
