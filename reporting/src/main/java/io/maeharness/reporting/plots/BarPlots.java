package io.maeharness.reporting.plots;

import io.maeharness.reporting.Cell;
import io.maeharness.reporting.Notation;
import io.maeharness.reporting.TableView;
import io.maeharness.reporting.plots.Plot.BarGroups;
import io.maeharness.reporting.plots.Plot.Bars;
import io.maeharness.reporting.plots.Plot.Ink;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Bars of a table's cases.
 *
 * <p>Accuracies are drawn as differences to the default row: the question of an ablation, on one scale for both sides
 * although their levels differ, and from a zero that means something. Without a measured default row, and for other
 * units, bars are the values themselves, from zero; hours of different machines get a plot each. Cases without a number
 * of ours are left to the table, and so is a column with a single number.
 */
final class BarPlots {

    private final TableView table;

    BarPlots(TableView table) {
        this.table = table;
    }

    List<Plot> plots() {
        List<Plot> plots = new ArrayList<>();
        for (MetricLayout metric : table.layout().metrics()) {
            if (table.column(metric).stream().anyMatch(entry -> entry.ours() instanceof Cell.Measured)) {
                addPlots(plots, metric);
            }
        }
        return plots;
    }

    private void addPlots(List<Plot> plots, MetricLayout metric) {
        if (table.column(metric).stream().anyMatch(entry -> entry.difference().isPresent())) {
            plots.add(differences(metric));
        } else if (measured(metric).size() < 2) {
            return; // The table says it better than a single bar.
        } else if (metric.unit() == Unit.RATIO) {
            plots.add(values(metric, "", ", this run and paper", groups(ours(metric), paper(metric))));
        } else {
            plots.add(values(metric, "-ours", ", this run", List.of(ours(metric))));
            if (table.hasPaper(metric)) {
                plots.add(values(metric, "-paper", ", paper", List.of(paper(metric))));
            }
        }
    }

    private Plot differences(MetricLayout metric) {
        int column = table.layout().metrics().indexOf(metric);
        List<TableView.Row> rows = table.rows().stream()
                .filter(row -> row.entries().get(column).difference().isPresent())
                .toList();
        Bars ours = bars(rows, 0, "this run", column, BarPlots::ourDifference, BarPlots::differenceError);
        Bars paper = bars(rows, 1, "paper", column, BarPlots::paperDifference, entry -> 0.0);
        String reference = table.layout().cases().stream()
                .filter(CaseLayout::isDefault)
                .map(CaseLayout::label)
                .distinct()
                .collect(Collectors.joining(", "));
        return groupsPlot(
                metric,
                "-difference",
                metric.label() + ", difference to the default (" + reference + ")",
                metric.unit().differenceName(),
                labels(rows),
                groups(ours, paper));
    }

    private Plot values(MetricLayout metric, String suffix, String side, List<Bars> groups) {
        String yLabel = metric.heading();
        return groupsPlot(metric, suffix, metric.label() + side, yLabel, labels(measured(metric)), groups);
    }

    private Plot groupsPlot(
            MetricLayout metric,
            String suffix,
            String title,
            String yLabel,
            List<String> categories,
            List<Bars> groups) {
        String alt = "Bar chart of " + title + ". " + describe(categories, groups, metric);
        String name = table.layout().id() + "-" + metric.key() + suffix;
        return new BarGroups(name, title, alt, yLabel, categories, groups);
    }

    /** Rows that have a number of ours; XChart can't leave out one bar beside error bars. */
    private List<TableView.Row> measured(MetricLayout metric) {
        int column = table.layout().metrics().indexOf(metric);
        return table.rows().stream()
                .filter(row -> row.entries().get(column).ours() instanceof Cell.Measured)
                .toList();
    }

    private Bars ours(MetricLayout metric) {
        int column = table.layout().metrics().indexOf(metric);
        return bars(measured(metric), 0, "this run", column, BarPlots::ourValue, BarPlots::valueError);
    }

    private Bars paper(MetricLayout metric) {
        int column = table.layout().metrics().indexOf(metric);
        return bars(measured(metric), 1, "paper", column, BarPlots::paperValue, entry -> 0.0);
    }

    private static Bars bars(
            List<TableView.Row> rows,
            int ink,
            String label,
            int column,
            Function<TableView.Entry, OptionalDouble> value,
            Function<TableView.Entry, Double> error) {
        List<TableView.Entry> entries =
                rows.stream().map(row -> row.entries().get(column)).toList();
        return new Bars(
                label,
                new Ink.Named(ink),
                entries.stream().map(value).toList(),
                entries.stream().map(error).toList());
    }

    /** The groups that have at least one bar. */
    private static List<Bars> groups(Bars... groups) {
        return List.of(groups).stream()
                .filter(group -> group.values().stream().anyMatch(OptionalDouble::isPresent))
                .toList();
    }

    private static OptionalDouble ourDifference(TableView.Entry entry) {
        return entry.difference()
                .map(difference -> OptionalDouble.of(difference.points()))
                .orElse(OptionalDouble.empty());
    }

    private static double differenceError(TableView.Entry entry) {
        return entry.difference()
                .map(difference -> difference.halfWidth().orElse(0))
                .orElse(0.0);
    }

    private static OptionalDouble paperDifference(TableView.Entry entry) {
        return entry.paperDifference()
                .map(BigDecimal::doubleValue)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble ourValue(TableView.Entry entry) {
        return entry.ours() instanceof Cell.Measured measured
                ? OptionalDouble.of(measured.value().spread().mean())
                : OptionalDouble.empty();
    }

    private static double valueError(TableView.Entry entry) {
        return entry.ours() instanceof Cell.Measured measured
                ? measured.halfWidth().orElse(0)
                : 0;
    }

    private static OptionalDouble paperValue(TableView.Entry entry) {
        return entry.paper()
                .map(paper -> OptionalDouble.of(paper.value().doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    private static List<String> labels(List<TableView.Row> rows) {
        return rows.stream().map(row -> Notation.shortLabel(row.layout())).toList();
    }

    private static String describe(List<String> categories, List<Bars> groups, MetricLayout metric) {
        return groups.stream()
                .map(group -> group.label() + ": "
                        + IntStream.range(0, categories.size())
                                .filter(i -> group.values().get(i).isPresent())
                                .mapToObj(i -> categories.get(i) + " "
                                        + Notation.value(group.values().get(i).getAsDouble(), metric))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
