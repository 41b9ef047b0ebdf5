package io.maeharness.reporting.plots;

import io.maeharness.reporting.Cell;
import io.maeharness.reporting.Notation;
import io.maeharness.reporting.TableView;
import io.maeharness.reporting.plots.Plot.Curve;
import io.maeharness.reporting.plots.Plot.Ink;
import io.maeharness.reporting.plots.Plot.Lines;
import io.maeharness.reporting.plots.Plot.Point;
import io.maeharness.reporting.plots.Plot.Range;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lines over the axis of a table's cases: for each metric one plot of ours and, beside it, one of the paper's.
 *
 * <p>The two sides have different data and models, hence different levels. Their vertical axes start at different
 * values but span the same number of points, so that slopes compare by eye.
 */
final class LinePlots {

    private static final double HEADROOM = 0.12;

    private final TableView table;

    LinePlots(TableView table) {
        this.table = table;
    }

    List<Plot> plots() {
        List<Plot> plots = new ArrayList<>();
        for (MetricLayout metric : table.layout().metrics()) {
            List<Curve> ours = curves(metric, this::ourPoint, 0);
            if (ours.isEmpty()) {
                continue;
            }
            List<Curve> paper = curves(metric, LinePlots::paperPoint, 1);
            double span = Math.max(span(ours), paper.isEmpty() ? 0 : span(paper));
            plots.add(lines(metric, "ours", "this run", ours, span));
            if (!paper.isEmpty()) {
                plots.add(lines(metric, "paper", "paper", paper, span));
            }
        }
        return plots;
    }

    private Plot lines(MetricLayout metric, String side, String sideTitle, List<Curve> curves, double span) {
        String title = metric.label() + ", " + sideTitle;
        String xLabel = table.layout().xLabel();
        String alt = "Line chart of " + title + " over " + xLabel + ". " + describe(curves, metric);
        String yLabel = metric.heading();
        String name = table.layout().id() + "-" + metric.key() + "-" + side;
        return new Lines(name, title, alt, xLabel, yLabel, curves, Optional.of(range(curves, span)), true);
    }

    private List<Curve> curves(MetricLayout metric, Function<PointSource, Optional<Point>> point, int singleInk) {
        List<String> series = table.rows().stream()
                .map(row -> row.layout().series().orElse(""))
                .distinct()
                .toList();
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            String name = series.get(i);
            List<Point> points = table.rows().stream()
                    .filter(row -> row.layout().series().orElse("").equals(name))
                    .map(row -> point.apply(new PointSource(row.layout(), entry(row, metric))))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingDouble(Point::x))
                    .toList();
            if (!points.isEmpty()) {
                Ink ink = new Ink.Named(series.size() == 1 ? singleInk : i);
                curves.add(new Curve(name.isEmpty() ? metric.label() : name, ink, points));
            }
        }
        return curves;
    }

    private record PointSource(CaseLayout row, TableView.Entry entry) {}

    private Optional<Point> ourPoint(PointSource source) {
        OptionalDouble x = source.row().ownX();
        if (x.isPresent() && source.entry().ours() instanceof Cell.Measured measured) {
            var spread = measured.value().spread();
            return Optional.of(new Point(
                    x.getAsDouble(),
                    spread.mean(),
                    measured.halfWidth().orElse(0),
                    source.row().isDefault()));
        }
        return Optional.empty();
    }

    private static Optional<Point> paperPoint(PointSource source) {
        CaseLayout row = source.row();
        return source.entry()
                .paper()
                .filter(paper -> row.x().isPresent())
                .map(paper -> new Point(row.x().getAsDouble(), paper.value().doubleValue(), 0, row.isDefault()));
    }

    private static TableView.Entry entry(TableView.Row row, MetricLayout metric) {
        return row.entries().stream()
                .filter(entry -> entry.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static double low(List<Curve> curves) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(point -> point.y() - point.error())
                .min()
                .orElseThrow();
    }

    private static double high(List<Curve> curves) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(point -> point.y() + point.error())
                .max()
                .orElseThrow();
    }

    private static double span(List<Curve> curves) {
        return Math.max(1, high(curves) - low(curves));
    }

    private static Range range(List<Curve> curves, double span) {
        double middle = (high(curves) + low(curves)) / 2;
        double half = span * (0.5 + HEADROOM);
        return new Range(middle - half, middle + half);
    }

    private static String describe(List<Curve> curves, MetricLayout metric) {
        return curves.stream()
                .map(curve -> curve.label() + ": "
                        + curve.points().stream()
                                .map(point -> Notation.value(point.y(), metric) + " at "
                                        + Notation.decimal(point.x(), point.x() % 1 == 0 ? 0 : 1))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
