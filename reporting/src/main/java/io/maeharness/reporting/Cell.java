package io.maeharness.reporting;

import io.maeharness.results.MeasuredValue;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Our side of a cell: a number, one of three kinds of absence, or a number of an earlier definition. */
public sealed interface Cell {

    /** State that the report counts this cell under. */
    ResultState state();

    /** Whether the row cannot have this value at all, as the cells that the paper leaves empty. */
    default boolean isImpossible() {
        return this instanceof Skipped skipped && skipped.reason().equals(ResultRow.NO_SUCH_VALUE);
    }

    /**
     * A measured number.
     *
     * @param value mean over the seeds that were measured
     * @param halfWidth half of the mean's 95 % interval; empty where the seeds do not tell one
     * @param withoutNumber rows of seeds that failed or were skipped
     */
    record Measured(MeasuredValue value, OptionalDouble halfWidth, List<ResultRow> withoutNumber) implements Cell {
        public Measured {
            withoutNumber = List.copyOf(withoutNumber);
        }

        @Override
        public ResultState state() {
            return ResultState.MEASURED;
        }
    }

    /** No seed gave a number and at least one broke off, for the given reason. */
    record Failed(String reason) implements Cell {
        @Override
        public ResultState state() {
            return ResultState.FAILED;
        }
    }

    /** Deliberately not run, for the given reason. */
    record Skipped(String reason) implements Cell {
        @Override
        public ResultState state() {
            return ResultState.SKIPPED;
        }
    }

    /** Not run yet; with the reason where one is known. */
    record Pending(Optional<String> reason) implements Cell {
        @Override
        public ResultState state() {
            return ResultState.PENDING;
        }
    }

    /**
     * Not run yet, but measured by an earlier definition of its stage: a number that is neither compared nor drawn.
     *
     * @param value mean over the seeds that were measured then
     * @param halfWidth half of the mean's 95 % interval; empty where the seeds do not tell one
     */
    record Earlier(MeasuredValue value, OptionalDouble halfWidth) implements Cell {
        @Override
        public ResultState state() {
            return ResultState.PENDING;
        }
    }

    /**
     * Cell of the given rows, which belong to one case and metric.
     *
     * <p>A pending row counts only while its seed has no other row.
     *
     * @param statistics of the column
     * @throws IllegalArgumentException when two measured rows have the same seed
     */
    static Cell of(List<ResultRow> rows, ColumnStatistics statistics) {
        List<ResultRow> measured = in(ResultState.MEASURED, rows);
        List<ResultRow> failed = in(ResultState.FAILED, rows);
        List<ResultRow> skipped = in(ResultState.SKIPPED, rows);
        if (!measured.isEmpty()) {
            MeasuredValue value = MeasuredValue.of(measured);
            return new Measured(value, statistics.halfWidth(value), withoutNumber(measured, failed, skipped));
        }
        if (!failed.isEmpty()) {
            return new Failed(failed.get(0).reason());
        }
        if (!skipped.isEmpty()) {
            return new Skipped(skipped.get(0).reason());
        }
        return new Pending(
                in(ResultState.PENDING, rows).stream().map(ResultRow::reason).findFirst());
    }

    private static List<ResultRow> in(ResultState state, List<ResultRow> rows) {
        return rows.stream().filter(row -> row.state() == state).sorted().toList();
    }

    private static List<ResultRow> withoutNumber(
            List<ResultRow> measured, List<ResultRow> failed, List<ResultRow> skipped) {
        List<Long> seeds = measured.stream().map(ResultRow::seed).toList();
        return Stream.concat(failed.stream(), skipped.stream())
                .filter(row -> !seeds.contains(row.seed()))
                .toList();
    }
}
