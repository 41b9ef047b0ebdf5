package io.maeharness.results.gate;

import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.GateFinding.Status;
import io.maeharness.results.statistics.AccuracyGate;
import io.maeharness.results.statistics.GateMetric;
import io.maeharness.results.statistics.GateResult;
import io.maeharness.results.statistics.GateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Compares accuracies with those of the reference: every cell against the others, and all cells of a metric together.
 *
 * @param rule levels, and the smallest drops that count
 */
public record AccuracyTier(GateRule rule) {
    /** Name of the tier. */
    public static final String TIER = "accuracy";

    /** What each metric's cells give, and what cannot be compared. */
    public List<GateFinding> compare(ResultStore measured, ResultStore reference) {
        return compare(measured, reference, cell -> true);
    }

    /**
     * As {@link #compare(ResultStore, ResultStore)}, of some cells.
     *
     * @param chosen which cells of the reference are compared; at least two of a metric tell anything of one of them
     */
    public List<GateFinding> compare(ResultStore measured, ResultStore reference, Predicate<CellKey> chosen) {
        ComparableRows rows = ComparableRows.of(measured, reference, chosen);
        List<GateFinding> findings = new ArrayList<>(rows.notComparable());
        Map<String, List<CellKey>> cells = new TreeMap<>();
        rows.cells().forEach(cell -> cells.computeIfAbsent(cell.metric(), metric -> new ArrayList<>())
                .add(cell));
        List<GateMetric> metrics = cells.entrySet().stream()
                .map(entry -> GateMetric.of(
                                entry.getKey(), rows.reference(entry.getValue()), rows.measured(entry.getValue()))
                        .withTrainings(rows.trainings(entry.getValue())))
                .toList();
        GateResult result = new AccuracyGate(rule, rows.sameDraws()).compare(metrics);
        result.untested()
                .forEach(metric -> findings.add(GateFinding.of(
                        TIER, "all " + metric, Status.CANNOT_TELL, "too few seeds, or no variation between them")));
        result.shifts().forEach(shift -> findings.add(ofAll(shift)));
        result.cells()
                .forEach(cell ->
                        findings.add(ofOne(cell, cells.get(cell.metric()).get(cell.cell()), rows)));
        return findings;
    }

    private static GateFinding ofAll(GateResult.Shift shift) {
        String draws = shift.paired() ? "" : ", seeds not paired as their draws have changed";
        return GateFinding.of(
                TIER,
                "all " + shift.metric(),
                status(shift.change()),
                String.format(
                        Locale.ROOT,
                        "mean moved by %+.2f points%s, %s",
                        shift.change().contrast().value(),
                        draws,
                        judged(shift.change())));
    }

    private static GateFinding ofOne(GateResult.Cell cell, CellKey key, ComparableRows rows) {
        return new GateFinding(
                TIER,
                key.toString(),
                status(cell.change()),
                String.format(
                        Locale.ROOT,
                        "moved by %+.2f points, %+.2f against the other cells, %s",
                        cell.difference(),
                        cell.change().contrast().value(),
                        judged(cell.change())),
                OptionalDouble.of(rows.mean(key)));
    }

    private static String judged(GateResult.Change change) {
        return String.format(
                Locale.ROOT,
                "error %.2f, p of a drop %.4f after Holm",
                change.contrast().standardError(),
                change.adjustedDrop());
    }

    private static Status status(GateResult.Change change) {
        if (change.isRegression()) {
            return Status.REGRESSION;
        }
        return change.isImprovement() ? Status.BETTER : Status.SAME;
    }

    /** Whether a row holds an accuracy that is compared: top-5 says little beside top-1. */
    static boolean isCompared(ResultRow row) {
        return row.value().isPresent()
                && !row.provenance().isEmpty()
                && !row.metric().endsWith("-top5");
    }
}
