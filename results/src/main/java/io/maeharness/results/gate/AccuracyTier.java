package io.maeharness.results.gate;

import io.maeharness.results.AccuracyCheck;
import io.maeharness.results.AccuracyCheck.Finding;
import io.maeharness.results.ResultRow;
import io.maeharness.results.gate.GateFinding.Status;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares accuracies with those of the reference.
 *
 * @param minimum smallest drop of a cell that counts, percentage points
 * @param minimumOfAll smallest drop of all cells together that counts, percentage points
 */
public record AccuracyTier(double minimum, double minimumOfAll) {
    /** Name of the tier. */
    public static final String TIER = "accuracy";

    /** One finding a cell of the reference. */
    public List<GateFinding> compare(Collection<ResultRow> measured, Collection<ResultRow> reference) {
        Set<String> metrics = reference.stream().map(ResultRow::metric).collect(Collectors.toSet());
        return new AccuracyCheck(minimum, metrics)
                .compare(measured, reference).stream()
                        .map(AccuracyTier::finding)
                        .toList();
    }

    private static GateFinding finding(Finding finding) {
        Status status =
                switch (finding.verdict()) {
                    case SAME -> Status.SAME;
                    case BETTER -> Status.BETTER;
                    case WORSE -> Status.REGRESSION;
                    case MISSING -> Status.CANNOT_TELL;
                };
        OptionalDouble ours = finding.measured().stream()
                .mapToDouble(value -> value.spread().mean())
                .findFirst();
        String detail = String.format(
                Locale.ROOT,
                "%s against %.2f, margin %.2f",
                ours.isPresent() ? String.format(Locale.ROOT, "%.2f", ours.getAsDouble()) : "-",
                finding.reference().spread().mean(),
                finding.marginPoints());
        return new GateFinding(TIER, finding.cell().toString(), status, detail, ours);
    }
}
