package io.maeharness.reporting.page;

import io.maeharness.reporting.plots.Plot;
import java.util.ArrayList;
import java.util.List;

/** How to read a table's plots, in words. */
public final class PlotNotes {

    private PlotNotes() {}

    /** Sentences that hold for these plots, in one line; empty for none. */
    public static String of(List<Plot> plots) {
        List<String> sentences = new ArrayList<>();
        boolean pairs = plots.stream().anyMatch(plot -> plot.name().endsWith("-paper") && plot instanceof Plot.Lines);
        if (pairs) {
            sentences.add("The axes of this run and of the paper start at different values but span the same number of "
                    + "points, so that slopes compare by eye.");
        }
        if (plots.stream().anyMatch(PlotNotes::hasDefault)) {
            sentences.add("Rings mark the default.");
        }
        if (plots.stream().anyMatch(plot -> plot.name().endsWith("-difference"))) {
            sentences.add("Bars are differences to the default row of the same side; zero is the default.");
        }
        if (plots.stream().anyMatch(plot -> plot instanceof Plot.BarGroups)) {
            sentences.add("Only cases measured here have bars.");
        }
        if (plots.stream().anyMatch(PlotNotes::hasErrors)) {
            sentences.add("Error bars: 95 % intervals, those behind ± in the table.");
        }
        return String.join(" ", sentences);
    }

    private static boolean hasDefault(Plot plot) {
        return plot instanceof Plot.Lines lines
                && lines.curves().stream()
                        .flatMap(curve -> curve.points().stream())
                        .anyMatch(Plot.Point::isDefault);
    }

    private static boolean hasErrors(Plot plot) {
        if (plot instanceof Plot.Lines lines) {
            return lines.curves().stream()
                    .flatMap(curve -> curve.points().stream())
                    .anyMatch(point -> point.error() > 0);
        }
        return ((Plot.BarGroups) plot).groups().stream().anyMatch(Plot.Bars::hasErrors);
    }
}
