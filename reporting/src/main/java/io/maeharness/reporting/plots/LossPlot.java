package io.maeharness.reporting.plots;

import io.maeharness.reporting.CurveEntry;
import io.maeharness.reporting.Notation;
import io.maeharness.reporting.plots.Plot.Curve;
import io.maeharness.reporting.plots.Plot.Ink;
import io.maeharness.reporting.plots.Plot.Lines;
import io.maeharness.reporting.plots.Plot.Point;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.LossCurve;
import io.maeharness.results.LossPoint;
import io.maeharness.results.TableLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The loss curves of a table's pre-training stages in one plot; of several seeds the first is drawn. */
final class LossPlot {

    private static final int MOST_POINTS = 300;

    private final TableLayout layout;
    private final Path directory;

    LossPlot(TableLayout layout, Path directory) {
        this.layout = layout;
        this.directory = directory;
    }

    /** The plot; empty while no stage has a curve of two points or more. */
    Optional<Plot> plot(List<CurveEntry> entries) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < layout.cases().size(); i++) {
            CaseLayout row = layout.cases().get(i);
            Ink ink = ink(i);
            stage(row, entries)
                    .map(this::points)
                    .filter(points -> points.size() > 1)
                    .ifPresent(points -> curves.add(new Curve(label(row), ink, points)));
        }
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        String alt = "Line chart of the pre-training loss over epochs. Last values: "
                + curves.stream()
                        .map(curve -> curve.label() + " "
                                + Notation.decimal(
                                        curve.points()
                                                .get(curve.points().size() - 1)
                                                .y(),
                                        3))
                        .collect(Collectors.joining(", "));
        return Optional.of(new Lines(
                layout.id() + "-loss", "Pre-training loss", alt, "epochs", "loss", curves, Optional.empty(), false));
    }

    private String label(CaseLayout row) {
        String label = Notation.paperLabel(row);
        return row.isDefault() ? label + " (default)" : label;
    }

    private Ink ink(int index) {
        boolean ordered = layout.cases().stream().allMatch(row -> row.x().isPresent());
        return ordered && layout.cases().size() > 2
                ? new Ink.Ramp((double) index / (layout.cases().size() - 1))
                : new Ink.Named(index);
    }

    private Optional<Path> stage(CaseLayout row, List<CurveEntry> entries) {
        return entries.stream()
                .filter(entry ->
                        entry.table().equals(layout.id()) && entry.caseKey().equals(row.key()))
                .map(entry -> LossCurve.file(directory, entry.stage()))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private List<Point> points(Path file) {
        List<LossPoint> points = LossCurve.read(file).stream()
                .filter(point -> Double.isFinite(point.loss()))
                .toList();
        int stride = Math.max(1, points.size() / MOST_POINTS);
        return IntStream.range(0, points.size())
                .filter(i -> i % stride == 0 || i == points.size() - 1)
                .mapToObj(points::get)
                .map(point -> new Point(point.epoch(), point.loss(), 0, false))
                .toList();
    }
}
