package io.maeharness.results;

import java.util.List;

/**
 * A number that this harness measured, over the seeds it was measured with; a type of its own, so that no report can
 * take it for a printed one.
 *
 * @param cell table, case and metric
 * @param spread mean and spread over the seeds
 * @param rows the rows behind it, one a seed, in the order of the seeds
 */
public record MeasuredValue(CellKey cell, Spread spread, List<ResultRow> rows) {

    public MeasuredValue {
        rows = List.copyOf(rows);
    }

    /**
     * Value over measured rows of one cell, one row a seed.
     *
     * @throws IllegalArgumentException when there is no row, a row without a number, rows of different cells, or two
     *     rows of one seed
     */
    public static MeasuredValue of(List<ResultRow> rows) {
        List<ResultRow> sorted = rows.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a measured value needs at least one measured row, got none");
        }
        CellKey cell = sorted.get(0).cell();
        for (int i = 0; i < sorted.size(); i++) {
            ResultRow row = sorted.get(i);
            if (!row.cell().equals(cell) || row.state() != ResultState.MEASURED) {
                throw new IllegalArgumentException(
                        "rows of one measured value share one cell and are measured, got " + row + " beside " + cell);
            }
            if (i > 0 && sorted.get(i - 1).seed() == row.seed()) {
                throw new IllegalArgumentException(cell + " has two measured rows with seed " + row.seed()
                        + ", of stages " + sorted.get(i - 1).stage() + " and " + row.stage()
                        + "; pass only the rows of the current plan (ResultStore.rowsOf)");
            }
        }
        double[] values =
                sorted.stream().mapToDouble(row -> row.value().getAsDouble()).toArray();
        return new MeasuredValue(cell, Spread.of(values), sorted);
    }
}
