package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.CellKey;
import io.maeharness.results.MeasuredValue;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PaperValues;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import io.maeharness.results.statistics.DefaultComparison;
import io.maeharness.results.statistics.ResidualVariance;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table with its numbers: the layout joined with our rows and the paper's values.
 *
 * @param layout what the table looks like
 * @param rows one for each case, in the layout's order
 * @param noise of the columns, by the key of the metric, where it is known
 * @param remarks what else a reader must know of these numbers, one sentence each
 * @param claims what the paper says about them, decided; empty where it says nothing
 */
public record TableView(
        TableLayout layout,
        List<Row> rows,
        Map<String, Noise> noise,
        List<String> remarks,
        Optional<TableClaims> claims) {

    /** Level, for all rows of a default together, at which a difference is marked. */
    private static final double SIGNIFICANCE = 0.05;

    public TableView {
        rows = List.copyOf(rows);
        noise = Map.copyOf(noise);
        remarks = List.copyOf(remarks);
    }

    /**
     * A row of the table.
     *
     * @param layout its case
     * @param entries one for each metric, in the layout's order
     */
    public record Row(CaseLayout layout, List<Entry> entries) {
        public Row {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A case and a metric.
     *
     * @param metric the metric
     * @param ours our side
     * @param difference our difference to our default row; empty for the default itself, while either is missing, and
     *     for units other than percent
     * @param paper the paper's value, where it prints one
     * @param paperDifference the paper's difference to the paper's default row, under the same conditions
     */
    public record Entry(
            MetricLayout metric,
            Cell ours,
            Optional<Difference> difference,
            Optional<PaperValues.Printed> paper,
            Optional<BigDecimal> paperDifference) {}

    /**
     * Difference of a row to its default.
     *
     * @param points case minus default row, within the same seeds where there are several
     * @param halfWidth half of the interval that holds for all rows of the default together with 95 %, percentage points;
     *     empty where the seeds do not tell
     * @param significant whether it differs from the default, after Dunnett, at 5 %
     */
    public record Difference(double points, OptionalDouble halfWidth, boolean significant) {
        private static Difference of(DefaultComparison.Row row) {
            return new Difference(
                    row.difference().value(),
                    OptionalDouble.of(row.interval().halfWidth()),
                    row.adjustedP() < SIGNIFICANCE);
        }

        /** A difference of which nobody knows how far off it may be. */
        static Difference withoutError(double points) {
            return new Difference(points, OptionalDouble.empty(), false);
        }
    }

    /**
     * Joins a layout with rows and printed values; rows of other tables are ignored.
     *
     * @throws IllegalArgumentException when a cell has two measured rows with the same seed
     */
    public static TableView of(TableLayout layout, Collection<ResultRow> rows, PaperValues paper) {
        return of(layout, rows, List.of(), paper, cell -> "");
    }

    /**
     * As {@link #of(TableLayout, Collection, PaperValues)}, with measured rows of an earlier definition, which stand where
     * there is neither a present number nor a failure.
     *
     * @param training of a seed that a cell starts from, by name; empty where the table has one for all
     */
    public static TableView of(
            TableLayout layout,
            Collection<ResultRow> rows,
            Collection<ResultRow> earlier,
            PaperValues paper,
            Function<CellKey, String> training) {
        Map<MetricLayout, ColumnStatistics> present = statistics(layout, rows, training);
        Join join = new Join(
                layout,
                byCell(layout, rows),
                present,
                byCell(layout, earlier),
                statistics(layout, earlier, training),
                paper);
        Map<String, Noise> noise = new LinkedHashMap<>();
        present.forEach((metric, statistics) -> statistics.noise().ifPresent(known -> noise.put(metric.key(), known)));
        return new TableView(
                layout, layout.cases().stream().map(join::row).toList(), noise, List.of(), Optional.empty());
    }

    private static Map<MetricLayout, ColumnStatistics> statistics(
            TableLayout layout, Collection<ResultRow> rows, Function<CellKey, String> training) {
        return layout.metrics().stream()
                .collect(Collectors.toMap(
                        Function.identity(), metric -> new ColumnStatistics(layout, metric, rows, training)));
    }

    /** The same table with remarks. */
    TableView remarked(List<String> sentences) {
        return new TableView(layout, rows, noise, sentences, claims);
    }

    /** The same table with what the paper says about it. */
    TableView judged(Optional<TableClaims> decided) {
        return new TableView(layout, rows, noise, remarks, decided);
    }

    private static Map<CellKey, List<ResultRow>> byCell(TableLayout layout, Collection<ResultRow> rows) {
        return rows.stream()
                .filter(row -> row.table().equals(layout.id()))
                .collect(Collectors.groupingBy(ResultRow::cell));
    }

    /** All entries, row by row. */
    public Stream<Entry> entries() {
        return rows.stream().flatMap(row -> row.entries().stream());
    }

    /** Entries of one metric, one for each row. */
    public List<Entry> column(MetricLayout metric) {
        return entries().filter(entry -> entry.metric().equals(metric)).toList();
    }

    /** Whether the paper prints a value of this metric for any case. */
    public boolean hasPaper(MetricLayout metric) {
        return column(metric).stream().anyMatch(entry -> entry.paper().isPresent());
    }

    /** Whether the column has differences to a default row. */
    public boolean hasDifferences(MetricLayout metric) {
        return metric.unit() == Unit.PERCENT && layout.cases().stream().anyMatch(CaseLayout::isDefault);
    }

    private record Join(
            TableLayout layout,
            Map<CellKey, List<ResultRow>> byCell,
            Map<MetricLayout, ColumnStatistics> statistics,
            Map<CellKey, List<ResultRow>> earlier,
            Map<MetricLayout, ColumnStatistics> earlierStatistics,
            PaperValues paper) {

        Row row(CaseLayout row) {
            return new Row(
                    row,
                    layout.metrics().stream().map(metric -> entry(row, metric)).toList());
        }

        private Entry entry(CaseLayout row, MetricLayout metric) {
            Optional<CaseLayout> reference =
                    metric.unit() == Unit.PERCENT && !row.isDefault() ? layout.defaultFor(row) : Optional.empty();
            Optional<PaperValues.Printed> printed = paper.find(layout.cell(row, metric));
            return new Entry(
                    metric,
                    cell(row, metric),
                    reference.flatMap(other -> difference(row, metric, other)),
                    printed,
                    reference
                            .flatMap(other -> paper.find(layout.cell(other, metric)))
                            .flatMap(other -> printed.map(value -> value.minus(other))));
        }

        private Cell cell(CaseLayout row, MetricLayout metric) {
            CellKey key = layout.cell(row, metric);
            Cell present = Cell.of(byCell.getOrDefault(key, List.of()), statistics.get(metric));
            return present instanceof Cell.Pending && earlier.containsKey(key)
                    ? earlier(MeasuredValue.of(earlier.get(key)), earlierStatistics.get(metric))
                    : present;
        }

        private static Cell earlier(MeasuredValue value, ColumnStatistics statistics) {
            return new Cell.Earlier(value, statistics.halfWidth(value));
        }

        private Optional<Difference> difference(CaseLayout row, MetricLayout metric, CaseLayout reference) {
            if (cell(row, metric) instanceof Cell.Measured mine
                    && cell(reference, metric) instanceof Cell.Measured base) {
                double points =
                        mine.value().spread().mean() - base.value().spread().mean();
                return Optional.of(statistics
                        .get(metric)
                        .comparison(layout.cell(row, metric))
                        .map(Difference::of)
                        .orElseGet(() -> Difference.withoutError(points)));
            }
            return Optional.empty();
        }
    }

    /**
     * What is known of the noise of a column.
     *
     * @param residual what cases and seeds leave unexplained
     * @param noisiest the cell that varies most, where the cells vary more unequally than chance makes them (5 %); else empty
     */
    public record Noise(ResidualVariance residual, Optional<CellKey> noisiest) {}
}
