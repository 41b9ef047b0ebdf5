package io.maeharness.results;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares measured accuracies with a reference, for example the results published for a profile.
 *
 * <p>A cell is worse when its mean over the seeds lies below the reference's by more than the tolerance and by more
 * than three standard errors of the difference; better is the mirror image.
 *
 * @param tolerancePoints percentage points that never count as a difference, 0 or more
 * @param percentMetrics metrics that are accuracies in percent; others are not compared
 */
public record AccuracyCheck(double tolerancePoints, Set<String> percentMetrics) {

    private static final double STANDARD_ERRORS = 3;

    public AccuracyCheck {
        if (!(tolerancePoints >= 0) || Double.isInfinite(tolerancePoints)) {
            throw new IllegalArgumentException(
                    "tolerance must be 0 or more percentage points, got " + tolerancePoints + "; 1.0 is usual");
        }
        percentMetrics = Set.copyOf(percentMetrics);
    }

    /** Check of the columns that the layouts declare as percent. */
    public static AccuracyCheck of(double tolerancePoints, Collection<TableLayout> layouts) {
        return new AccuracyCheck(
                tolerancePoints,
                layouts.stream()
                        .flatMap(layout -> layout.metrics().stream())
                        .filter(metric -> metric.unit() == Unit.PERCENT)
                        .map(MetricLayout::key)
                        .collect(Collectors.toSet()));
    }

    /** How a cell stands against the reference. */
    public enum Verdict {
        /** Within tolerance or noise. */
        SAME,
        /** Above the reference by more than both. */
        BETTER,
        /** Below the reference by more than both: a regression. */
        WORSE,
        /** Measured in the reference, not here. */
        MISSING
    }

    /**
     * One compared cell.
     *
     * @param cell table, case and metric
     * @param verdict how it stands
     * @param reference the reference's value
     * @param measured our value; empty when missing
     * @param marginPoints points that the means may differ by
     */
    public record Finding(
            CellKey cell,
            Verdict verdict,
            MeasuredValue reference,
            Optional<MeasuredValue> measured,
            double marginPoints) {}

    /**
     * One finding for each accuracy that the reference has measured, in canonical order.
     *
     * @throws IllegalArgumentException when rows of one cell and seed come from several stages
     */
    public List<Finding> compare(Collection<ResultRow> rows, Collection<ResultRow> reference) {
        Map<CellKey, MeasuredValue> ours = values(rows);
        return values(reference).values().stream()
                .map(value -> finding(value, Optional.ofNullable(ours.get(value.cell()))))
                .toList();
    }

    private Finding finding(MeasuredValue reference, Optional<MeasuredValue> measured) {
        if (measured.isEmpty()) {
            return new Finding(reference.cell(), Verdict.MISSING, reference, measured, tolerancePoints);
        }
        Spread ours = measured.get().spread();
        double error = ours.standardErrorOfDifference(reference.spread()).orElse(0);
        double margin = Math.max(tolerancePoints, STANDARD_ERRORS * error);
        double difference = ours.mean() - reference.spread().mean();
        Verdict verdict = difference < -margin ? Verdict.WORSE : difference > margin ? Verdict.BETTER : Verdict.SAME;
        return new Finding(reference.cell(), verdict, reference, measured, margin);
    }

    private Map<CellKey, MeasuredValue> values(Collection<ResultRow> rows) {
        Map<CellKey, List<ResultRow>> byCell = rows.stream()
                .filter(row -> row.state() == ResultState.MEASURED && percentMetrics.contains(row.metric()))
                .collect(Collectors.groupingBy(ResultRow::cell, TreeMap::new, Collectors.toList()));
        Map<CellKey, MeasuredValue> values = new TreeMap<>();
        byCell.forEach((cell, list) -> values.put(cell, MeasuredValue.of(list)));
        return values;
    }
}
