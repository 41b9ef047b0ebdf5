package io.maeharness.results;

import java.util.Comparator;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One value of one case of one table, measured with one seed, or the reason why there is none.
 *
 * @param table identifier of the table or figure, for example {@code table1a}
 * @param caseKey key of the case within the table, as in the paper, for example {@code depth-4}
 * @param metric key of the column, for example {@code ft}, {@code lin}, {@code knn}
 * @param seed seed the value belongs to
 * @param value the number, finite, present exactly when {@code state} is {@link ResultState#MEASURED}; percent in 0-100
 * @param state whether there is a number, and if not, which kind of absence this is
 * @param stage content hash of the stage that gave the value; empty where no stage is involved
 * @param provenance key of the provenance record; empty where there is none
 * @param reason why there is no number, on one line (white space is folded); empty exactly when measured
 */
public record ResultRow(
        String table,
        String caseKey,
        String metric,
        long seed,
        OptionalDouble value,
        ResultState state,
        String stage,
        String provenance,
        String reason)
        implements Comparable<ResultRow> {
    /** Reason of a value that a row cannot have, whatever is run: raw pixels, for one, cannot be fine-tuned. */
    public static final String NO_SUCH_VALUE = "not a value of this row";

    private static final Comparator<ResultRow> CANONICAL = Comparator.comparing(ResultRow::table)
            .thenComparing(ResultRow::caseKey)
            .thenComparing(ResultRow::metric)
            .thenComparingLong(ResultRow::seed)
            .thenComparing(ResultRow::stage);

    public ResultRow {
        requireName("table", table);
        requireName("case", caseKey);
        requireName("metric", metric);
        Objects.requireNonNull(value, "value must be an OptionalDouble, got null; use OptionalDouble.empty()");
        Objects.requireNonNull(state, "state must be given, got null");
        Objects.requireNonNull(stage, "stage must be a hash or empty, got null");
        Objects.requireNonNull(provenance, "provenance must be a key or empty, got null");
        reason = Objects.requireNonNull(reason, "reason must be a text or empty, got null")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        boolean measured = state == ResultState.MEASURED;
        if (value.isPresent() != measured) {
            throw new IllegalArgumentException("a value is present exactly when the state is measured, got state "
                    + state.csv() + " with " + value + " in " + table + "/" + caseKey + " " + metric);
        }
        if (measured && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("a measured value must be finite, got " + value.getAsDouble() + " in "
                    + table + "/" + caseKey + " " + metric + "; record the stage as failed instead");
        }
        if (reason.isEmpty() != measured) {
            throw new IllegalArgumentException("a reason is given exactly when nothing was measured, got state "
                    + state.csv() + " with reason '" + reason + "' in " + table + "/" + caseKey + " " + metric);
        }
    }

    /** Row of a measured number. */
    public static ResultRow measured(
            String table, String caseKey, String metric, long seed, double value, String stage, String provenance) {
        return new ResultRow(
                table, caseKey, metric, seed, OptionalDouble.of(value), ResultState.MEASURED, stage, provenance, "");
    }

    /**
     * Row without a number.
     *
     * @throws IllegalArgumentException when {@code state} is measured or {@code reason} is blank
     */
    public static ResultRow missing(
            String table, String caseKey, String metric, long seed, ResultState state, String stage, String reason) {
        return new ResultRow(table, caseKey, metric, seed, OptionalDouble.empty(), state, stage, "", reason);
    }

    /** The cell of the table this row belongs to, whatever its seed and stage. */
    public CellKey cell() {
        return new CellKey(table, caseKey, metric);
    }

    /** Whether the other row would take this row's place in a store: same cell, seed and stage. */
    boolean isReplacedBy(ResultRow other) {
        return compareTo(other) == 0;
    }

    /** Canonical order of a store: table, case, metric, seed, stage. Coarser than {@link #equals}. */
    @Override
    public int compareTo(ResultRow other) {
        return CANONICAL.compare(this, other);
    }

    private static void requireName(String what, String name) {
        if (name == null || name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must be a non-blank text on one line, got '" + name + "'");
        }
    }
}
