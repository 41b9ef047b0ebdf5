package io.maeharness.results.difference;

import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.statistics.ResidualVariance;
import io.maeharness.results.statistics.TwoWayLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * How much one value of a column varies beside what its case and its seed explain.
 *
 * @param deviation residual deviation in the unit of the column, above 0; empty where it is not known
 * @param reason why it is not known; empty where it is
 */
public record Noise(OptionalDouble deviation, String reason) {
    /** Checks that there is a deviation or a reason. */
    public Noise {
        if (deviation.isPresent() == !reason.isEmpty() || deviation.orElse(1) <= 0) {
            throw new IllegalArgumentException(
                    "a noise is a deviation above 0 or the reason why there is none, got " + deviation + " " + reason);
        }
    }

    private static Noise unknown(String why) {
        return new Noise(OptionalDouble.empty(), why + ": no deviation known");
    }

    /** The residuals of a table's column in two runs together, each with effects of its own. */
    static Noise of(String table, String metric, PairedCells cells) {
        List<double[][]> both = List.of(values(table, metric, cells.before()), values(table, metric, cells.after()));
        Optional<ResidualVariance> variance = both.stream()
                .flatMap(values -> TwoWayLayout.of(values).variance().stream())
                .reduce(ResidualVariance::joinedWith);
        if (variance.isEmpty()) {
            boolean oneSeed = both.stream().allMatch(values -> values[0].length < 2);
            return unknown(oneSeed ? "one seed" : "one case, or no two seeds in common");
        }
        return variance.get().value() > 0
                ? new Noise(OptionalDouble.of(variance.get().deviation()), "")
                : unknown("no variation beside cases and seeds");
    }

    /** A row a case and a column a seed, NaN where there is no value. */
    private static double[][] values(String table, String metric, Map<CellKey, SortedMap<Long, ResultRow>> rows) {
        List<SortedMap<Long, ResultRow>> cases = rows.entrySet().stream()
                .filter(row -> row.getKey().table().equals(table)
                        && row.getKey().metric().equals(metric))
                .map(Map.Entry::getValue)
                .toList();
        TreeSet<Long> seeds = new TreeSet<>();
        cases.forEach(bySeed -> seeds.addAll(bySeed.keySet()));
        return cases.stream()
                .map(bySeed -> seeds.stream()
                        .mapToDouble(seed -> Optional.ofNullable(bySeed.get(seed))
                                .map(row -> row.value().orElseThrow())
                                .orElse(Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
    }
}
