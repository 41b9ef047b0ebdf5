package io.maeharness.reporting;

import io.maeharness.results.MetricLayout;

/** How the absence of a number is worded; each kind differently, and none like a number. */
public final class AbsenceText {

    private AbsenceText() {}

    /**
     * {@code failed: reason}, {@code skipped}, whose reason stands in the {@link TableNotes}, {@code pending (reason)} or
     * {@code pending}; a dash for a value that the row cannot have; {@code 72.5 (earlier definition)}.
     *
     * @throws IllegalArgumentException for a measured cell
     */
    public static String of(Cell cell, MetricLayout metric) {
        if (cell instanceof Cell.Failed failed) {
            return "failed: " + failed.reason();
        }
        if (cell instanceof Cell.Skipped) {
            return cell.isImpossible() ? "–" : "skipped";
        }
        if (cell instanceof Cell.Pending pending) {
            return pending.reason().map(reason -> "pending (" + reason + ")").orElse("pending");
        }
        if (cell instanceof Cell.Earlier earlier) {
            var spread = earlier.value().spread();
            return (Notation.value(spread.mean(), metric) + " "
                                    + Notation.halfWidth(earlier.halfWidth(), spread.mean(), metric))
                            .strip()
                    + " (earlier definition" + (spread.count() > 1 ? ", " + spread.count() + " seeds)" : ")");
        }
        throw new IllegalArgumentException("a measured cell has a number, not an absence: " + cell);
    }
}
