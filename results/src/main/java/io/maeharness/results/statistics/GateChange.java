package io.maeharness.results.statistics;

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
public record GateChange(
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
