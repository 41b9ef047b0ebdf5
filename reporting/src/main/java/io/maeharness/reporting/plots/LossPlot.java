package io.maeharness.reporting.plots;

import io.maeharness.reporting.Notation;
import io.maeharness.reporting.ReportRequest;
import io.maeharness.reporting.plots.Plot.Curve;
import io.maeharness.reporting.plots.Plot.Ink;
import io.maeharness.reporting.plots.Plot.Lines;
import io.maeharness.reporting.plots.Plot.Point;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.LossCurve;
import io.maeharness.results.TableLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The loss curves of a table's pre-training stages in one plot; of several seeds the first is drawn. */
final class LossPlot {

    private static final int MOST_POINTS = 120;

    private final TableLayout layout;
    private final Path directory;

    LossPlot(TableLayout layout, Path directory) {
        this.layout = layout;
        this.directory = directory;
    }

    /** The plot; empty while no stage has a curve of two points or more. Cases that share a stage share a curve. */
    Optional<Plot> plot(List<ReportRequest.Curve> entries) {
        Map<Path, List<CaseLayout>> cases = new LinkedHashMap<>();
        for (CaseLayout row : layout.cases()) {
            stage(row, entries).ifPresent(file -> cases.computeIfAbsent(file, path -> new ArrayList<>())
                    .add(row));
        }
        List<Curve> curves = new ArrayList<>();
        cases.forEach((file, rows) -> {
            List<Point> points = points(file);
            if (points.size() > 1) {
                curves.add(new Curve(label(rows), ink(layout.cases().indexOf(rows.get(0)), cases.size()), points));
            }
        });
        return curves.isEmpty() ? Optional.empty() : Optional.of(lines(curves));
    }

    private Plot lines(List<Curve> curves) {
        String last = curves.stream()
                .map(curve -> curve.label() + " "
                        + Notation.decimal(
                                curve.points().get(curve.points().size() - 1).y(), 3))
                .collect(Collectors.joining(", "));
        String alt = "Line chart of the pre-training loss over epochs. Last values: " + last;
        return new Lines(
                layout.id() + "-loss", "Pre-training loss", alt, "epochs", "loss", curves, Optional.empty(), false);
    }

    private static String label(List<CaseLayout> rows) {
        CaseLayout first = rows.get(0);
        String label = rows.size() == 1
                ? Notation.paperLabel(first)
                : first.series()
                        .orElse(first.label() + " to "
                                + rows.get(rows.size() - 1).label());
        return rows.stream().anyMatch(CaseLayout::isDefault) ? label + " (default)" : label;
    }

    private Ink ink(int index, int curves) {
        boolean ordered = layout.cases().stream()
                .allMatch(row -> row.x().isPresent() && row.series().isEmpty());
        return ordered && curves > 2
                ? new Ink.Ramp((double) index / (layout.cases().size() - 1))
                : new Ink.Named(index);
    }

    private Optional<Path> stage(CaseLayout row, List<ReportRequest.Curve> entries) {
        return entries.stream()
                .filter(entry ->
                        entry.table().equals(layout.id()) && entry.caseKey().equals(row.key()))
                .map(entry -> LossCurve.file(directory, entry.stage()))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private List<Point> points(Path file) {
        List<LossCurve.Point> points = LossCurve.read(file).stream()
                .filter(point -> Double.isFinite(point.loss()))
                .toList();
        int stride = Math.max(1, points.size() / MOST_POINTS);
        // Without the second point: XChart puts its ticks on the points themselves when they are equally spaced.
        return IntStream.range(0, points.size())
                .filter(i -> (i != stride && i % stride == 0) || i == points.size() - 1)
                .mapToObj(points::get)
                .map(point -> new Point(point.epoch(), point.loss(), 0, false))
                .toList();
    }
}
