package io.maeharness.results.statistics;

import java.util.List;

/**
 * What the accuracy gate found.
 *
 * @param cells the cells that could be tested
 * @param shifts the metrics that could be tested, all cells of each together
 * @param untested names of metrics that decide nothing: too few seeds, no cell in common, or no variation
 */
public record GateResult(List<Cell> cells, List<Shift> shifts, List<String> untested) {
    /** Copies the lists. */
    public GateResult {
        cells = List.copyOf(cells);
        shifts = List.copyOf(shifts);
        untested = List.copyOf(untested);
    }

    /**
     * A cell against the others of its metric: did it drop by more than they did?
     *
     * @param metric name of the metric
     * @param cell row of the cell in the metric; the first of those that come from one training
     * @param difference of the means, candidate less reference, what all cells share included
     * @param change difference less that of all cells, with its test
     */
    public record Cell(String metric, int cell, double difference, Change change) {}

    /**
     * All cells of a metric together.
     *
     * @param metric name of the metric
     * @param paired whether seeds were paired, as equal draws allow
     * @param change of the mean over cells, with its test
     */
    public record Shift(String metric, boolean paired, Change change) {}

    /** Whether anything could be tested. */
    public boolean isDecided() {
        return !shifts.isEmpty();
    }

    /** Whether a cell or a whole metric dropped. */
    public boolean isRegression() {
        return cells.stream().anyMatch(cell -> cell.change().isRegression())
                || shifts.stream().anyMatch(shift -> shift.change().isRegression());
    }

    /** Whether a cell or a whole metric rose; never a reason to fail. */
    public boolean isImprovement() {
        return cells.stream().anyMatch(cell -> cell.change().isImprovement())
                || shifts.stream().anyMatch(shift -> shift.change().isImprovement());
    }

    /**
     * A change between reference and candidate, and how it was judged.
     *
     * @param contrast candidate less reference with its error, in the unit of the metric; of a cell, less that of all
     * @param pDrop probability of such a drop without a cause
     * @param adjustedDrop the same after Holm, over all cells or over all metrics
     * @param adjustedRise the mirror image for a rise
     * @param minimum change that matters, in the unit of the metric
     * @param level of the test, after Holm
     */
    public record Change(
            Contrast contrast, double pDrop, double adjustedDrop, double adjustedRise, double minimum, double level) {

        /** Whether it dropped, significantly and by as much as matters. */
        public boolean isRegression() {
            return adjustedDrop <= level && contrast.value() <= -minimum;
        }

        /** Whether it rose, significantly and by as much as matters. */
        public boolean isImprovement() {
            return adjustedRise <= level && contrast.value() >= minimum;
        }
    }
}
