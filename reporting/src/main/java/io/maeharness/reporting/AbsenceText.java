package io.maeharness.reporting;

import io.maeharness.results.ResultRow;

/** How the absence of a number is worded; each kind differently, and none like a number. */
public final class AbsenceText {

    private AbsenceText() {}

    /**
     * {@code failed: reason}, {@code skipped (reason)}, {@code pending (reason)} or {@code pending}; a dash for a value
     * that the row cannot have.
     *
     * @throws IllegalArgumentException for a measured cell
     */
    public static String of(Cell cell) {
        if (cell instanceof Cell.Failed failed) {
            return "failed: " + failed.reason();
        }
        if (cell instanceof Cell.Skipped skipped) {
            return skipped.reason().equals(ResultRow.NO_SUCH_VALUE) ? "–" : "skipped (" + skipped.reason() + ")";
        }
        if (cell instanceof Cell.Pending pending) {
            return pending.reason().map(reason -> "pending (" + reason + ")").orElse("pending");
        }
        throw new IllegalArgumentException("a measured cell has a number, not an absence: " + cell);
    }
}
