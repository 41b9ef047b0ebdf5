package io.maeharness.reporting.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Turns a plot's data into an XChart chart in a theme's colours. */
final class ChartDrawer {

    static final int WIDTH = 480;
    static final int HEIGHT = 340;

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
    };
    private static final int MOST_IN_ONE_LINE = 4;
    private static final int USUAL_TICK_SPACING = 44;
    private static final double MORE_ABOVE = 1.5;
    private static final float[] DASH = {6, 4};

    private final PlotTheme theme;

    ChartDrawer(PlotTheme theme) {
        this.theme = theme;
    }

    Chart<?, ?> draw(Plot plot) {
        if (plot instanceof Plot.Lines lines) {
            return lines(lines);
        }
        return bars((Plot.BarGroups) plot);
    }

    private XYChart lines(Plot.Lines plot) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        chart.setTitle(plot.title());
        chart.setXAxisTitle(plot.xLabel());
        chart.setYAxisTitle(plot.yLabel());
        style(chart.getStyler(), legendNeeded(plot));
        chart.getStyler().setXAxisDecimalPattern("#,##0.##");
        chart.getStyler().setXAxisTickMarkSpacingHint(tickSpacing(plot));
        plot.y().ifPresent(range -> {
            chart.getStyler().setYAxisMin(range.low());
            chart.getStyler().setYAxisMax(range.high());
        });
        for (int i = 0; i < plot.curves().size(); i++) {
            Marker marker = plot.markers() ? MARKERS[i % MARKERS.length] : SeriesMarkers.NONE;
            addCurve(chart, plot.curves().get(i), marker, i, plot.curves().size() == 1);
        }
        addDefaults(chart, plot);
        if (plot.curves().size() > MOST_IN_ONE_LINE) {
            chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
            chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        }
        return chart;
    }

    /** Pixels between ticks: on a short axis of whole numbers wide enough that no tick falls between two of them. */
    private static int tickSpacing(Plot.Lines plot) {
        double[] places = plot.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Plot.Point::x)
                .sorted()
                .toArray();
        boolean whole = Arrays.stream(places).allMatch(x -> x == Math.rint(x));
        double span = places[places.length - 1] - places[0];
        int wide = whole && span > 0 ? (int) (0.75 * WIDTH / span) : 0;
        return Math.min(Math.max(USUAL_TICK_SPACING, wide), WIDTH / 2);
    }

    private static boolean legendNeeded(Plot.Lines plot) {
        return plot.curves().size() > 1
                || plot.curves().stream()
                        .flatMap(curve -> curve.points().stream())
                        .anyMatch(Plot.Point::isDefault);
    }

    private void addCurve(XYChart chart, Plot.Curve curve, Marker marker, int index, boolean alone) {
        List<Plot.Point> points = curve.points();
        boolean spread = points.stream().anyMatch(point -> point.error() > 0);
        XYSeries series = chart.addSeries(
                curve.label(),
                points.stream().mapToDouble(Plot.Point::x).toArray(),
                points.stream().mapToDouble(Plot.Point::y).toArray(),
                spread ? points.stream().mapToDouble(Plot.Point::error).toArray() : null);
        Color colour = theme.colour(curve.ink());
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setMarker(marker);
        series.setShowInLegend(!alone);
        boolean dashed = marker != SeriesMarkers.NONE && index % 2 == 1;
        series.setLineStyle(
                dashed
                        ? new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASH, 0)
                        : new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private void addDefaults(XYChart chart, Plot.Lines plot) {
        List<Plot.Point> defaults = plot.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .filter(Plot.Point::isDefault)
                .toList();
        if (!defaults.isEmpty()) {
            XYSeries series = chart.addSeries(
                    "default",
                    defaults.stream().mapToDouble(Plot.Point::x).toArray(),
                    defaults.stream().mapToDouble(Plot.Point::y).toArray());
            series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            series.setMarker(new Ring());
            series.setMarkerColor(theme.text());
        }
    }

    private CategoryChart bars(Plot.BarGroups plot) {
        CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
        chart.setTitle(plot.title());
        chart.setYAxisTitle(plot.yLabel());
        style(chart.getStyler(), plot.groups().size() > 1);
        chart.getStyler().setAvailableSpaceFill(plot.categories().size() < 3 ? 0.45 : 0.7);
        plot.groups().forEach(group -> addBars(chart, plot.categories(), group));
        setRange(chart, plot);
        if (plot.categories().stream().mapToInt(String::length).sum() > 48) {
            chart.getStyler().setXAxisLabelRotation(22);
        }
        return chart;
    }

    private void addBars(CategoryChart chart, List<String> categories, Plot.Bars group) {
        List<Double> values = group.values().stream()
                .map(value -> value.isPresent() ? (Double) value.getAsDouble() : null)
                .toList();
        CategorySeries series =
                chart.addSeries(group.label(), categories, values, group.hasErrors() ? group.errors() : null);
        series.setFillColor(theme.colour(group.ink()));
    }

    /**
     * An axis that holds zero and leaves room beyond the longest bar with its error. More room above than below: were the
     * only bar's end in the middle of the axis, XChart would put ticks there and at the ends alone, with all their digits.
     */
    private static void setRange(CategoryChart chart, Plot.BarGroups plot) {
        double low = 0;
        double high = 0;
        for (Plot.Bars group : plot.groups()) {
            for (int i : IntStream.range(0, group.values().size()).toArray()) {
                if (group.values().get(i).isPresent()) {
                    double value = group.values().get(i).getAsDouble();
                    low = Math.min(low, value - group.errors().get(i));
                    high = Math.max(high, value + group.errors().get(i));
                }
            }
        }
        double room = Math.max(0.1, (high - low) * 0.08);
        chart.getStyler().setYAxisMin(low < 0 ? low - room : 0);
        chart.getStyler().setYAxisMax(high > 0 ? high + MORE_ABOVE * room : 0);
    }

    private void style(AxesChartStyler styler, boolean legend) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        styler.setBaseFont(font);
        styler.setChartTitleFont(font.deriveFont(Font.BOLD, 14f));
        styler.setAxisTitleFont(font);
        styler.setAxisTickLabelsFont(font.deriveFont(12f));
        styler.setLegendFont(font.deriveFont(12f));
        styler.setLocale(Locale.ROOT);
        styler.setLegendVisible(legend);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(theme.background());
        styler.setLegendPadding(4);
        styler.setLegendSeriesLineLength(22);
        styler.setChartTitleBoxVisible(false);
        styler.setChartPadding(10);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setPlotGridLinesStroke(new BasicStroke(1f));
        styler.setAxisTicksLineVisible(false);
        styler.setAxisTickMarkLength(4);
        styler.setMarkerSize(7);
        styler.setYAxisTickMarkSpacingHint(34);
        styler.setErrorBarsColorSeriesColor(false);
        colour(styler);
    }

    private void colour(AxesChartStyler styler) {
        styler.setChartBackgroundColor(theme.background());
        styler.setPlotBackgroundColor(theme.background());
        styler.setLegendBackgroundColor(theme.background());
        styler.setChartFontColor(theme.text());
        styler.setXAxisTitleColor(theme.text());
        styler.setYAxisTitleColor(theme.text());
        styler.setAxisTickLabelsColor(theme.text());
        styler.setAxisTickMarksColor(theme.grid());
        styler.setPlotGridLinesColor(theme.grid());
        styler.setErrorBarsColor(theme.text());
    }

    /** A ring around a point: the default row. */
    private static final class Ring extends Marker {

        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            double radius = size * 0.95;
            graphics.setStroke(new BasicStroke(1.6f));
            graphics.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        }
    }
}
