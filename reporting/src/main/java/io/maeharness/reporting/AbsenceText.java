package io.maeharness.reporting;

/** How the absence of a number is worded; each kind differently, and none like a number. */
public final class AbsenceText {

    private AbsenceText() {}

    /**
     * {@code failed: reason}, {@code skipped}, whose reason stands in the {@link TableNotes}, {@code pending (reason)} or
     * {@code pending}; a dash for a value that the row cannot have.
     *
     * @throws IllegalArgumentException for a measured cell
     */
    public static String of(Cell cell) {
        if (cell instanceof Cell.Failed failed) {
            return "failed: " + failed.reason();
        }
        if (cell instanceof Cell.Skipped) {
            return cell.isImpossible() ? "–" : "skipped";
        }
        if (cell instanceof Cell.Pending pending) {
            return pending.reason().map(reason -> "pending (" + reason + ")").orElse("pending");
        }
        throw new IllegalArgumentException("a measured cell has a number, not an absence: " + cell);
    }
}
