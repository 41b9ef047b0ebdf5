package io.maeharness.results.claims;

import io.maeharness.results.PrintedValue;
import io.maeharness.results.Unit;

/**
 * How far a number that the paper prints may be off by the seed alone.
 *
 * @param finetuning of fine-tuning accuracies, points
 * @param probing of linear probing accuracies, points
 * @param hours of durations, as a share
 */
public record StatedDeviations(double finetuning, double probing, double hours) {
    /**
     * Those that the paper is judged by.
     *
     * <p>Source: 0.08 to 0.09 points of fine-tuning are published for its recipe; nothing is for probing, which gets one
     * and a half times as much, nor for hours.
     */
    public static final StatedDeviations USUAL = new StatedDeviations(0.10, 0.15, 0.02);

    /** The point of figure 9 that is linear probing, though its column is that of fine-tuning. */
    private static final String NO_BLOCKS = "-blocks-0";

    /** Of a printed number, on a scale; 0 for one that is counted. */
    double of(PrintedValue printed, Scale scale) {
        double value = printed.value().doubleValue();
        double points = points(printed, value);
        return scale == Scale.LOG ? points / value : points;
    }

    private double points(PrintedValue printed, double value) {
        if (printed.unit() == Unit.HOURS) {
            return hours * value;
        }
        if (printed.unit() != Unit.PERCENT) {
            return 0;
        }
        boolean probed = printed.cell().metric().equals("lin")
                || printed.cell().caseKey().endsWith(NO_BLOCKS);
        return probed ? probing : finetuning;
    }
}
