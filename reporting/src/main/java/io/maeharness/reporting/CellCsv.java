package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.Spread;
import io.maeharness.results.TableLayout;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The measured cells of tables for programs: one line a cell, with what its seeds tell. What one seed cannot tell is
 * empty.
 */
final class CellCsv {
    /** Column names in their order: ends of 95 % intervals are low and high, those of differences hold for a whole column. */
    static final List<String> HEADER = List.of(
            "table",
            "case",
            "metric",
            "seeds",
            "mean",
            "deviation",
            "low",
            "high",
            "difference",
            "differenceLow",
            "differenceHigh",
            "star");

    private static final int DECIMALS = 6;

    private CellCsv() {}

    /** Header and lines, in the order of the tables. */
    static String print(Collection<TableView> tables) {
        StringBuilder text = new StringBuilder(String.join(",", HEADER)).append('\n');
        tables.forEach(table -> table.rows().forEach(row -> row.entries().stream()
                .flatMap(entry -> line(table.layout(), row.layout(), entry).stream())
                .forEach(line -> text.append(String.join(",", line)).append('\n'))));
        return text.toString();
    }

    private static Optional<List<String>> line(TableLayout table, CaseLayout row, TableView.Entry entry) {
        return entry.ours() instanceof Cell.Measured measured
                ? Optional.of(Stream.of(
                                List.of(table.id(), row.key(), entry.metric().key()),
                                mean(measured),
                                difference(entry.difference()))
                        .flatMap(List::stream)
                        .toList())
                : Optional.empty();
    }

    private static List<String> mean(Cell.Measured measured) {
        Spread spread = measured.value().spread();
        return List.of(
                Integer.toString(spread.count()),
                number(OptionalDouble.of(spread.mean())),
                number(spread.standardDeviation()),
                end(spread.mean(), measured.halfWidth(), -1),
                end(spread.mean(), measured.halfWidth(), 1));
    }

    private static List<String> difference(Optional<TableView.Difference> known) {
        if (known.isEmpty()) {
            return List.of("", "", "", "");
        }
        TableView.Difference difference = known.get();
        return List.of(
                number(OptionalDouble.of(difference.points())),
                end(difference.points(), difference.halfWidth(), -1),
                end(difference.points(), difference.halfWidth(), 1),
                difference.halfWidth().isEmpty() ? "" : difference.significant() ? "yes" : "no");
    }

    private static String end(double middle, OptionalDouble half, int side) {
        return half.isEmpty() ? "" : number(OptionalDouble.of(middle + side * half.getAsDouble()));
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty()
                ? ""
                : BigDecimal.valueOf(value.getAsDouble())
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
