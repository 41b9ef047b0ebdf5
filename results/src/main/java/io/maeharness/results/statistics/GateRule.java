package io.maeharness.results.statistics;

/**
 * Levels and smallest changes of the accuracy gate.
 *
 * @param cellLevel probability of any false alarm of a single cell, in (0, 1)
 * @param globalLevel probability of any false alarm of all cells together, in (0, 1)
 * @param minimum drop of a cell against the others that matters, in the unit of the metric, at least 0
 * @param minimumOfAll drop of all cells together that matters, in the unit of the metric, at least 0
 */
public record GateRule(double cellLevel, double globalLevel, double minimum, double minimumOfAll) {
    /** Together 5 % of false alarms; drops of 0.5 points in a cell and 0.2 in all matter. */
    public static final GateRule STANDARD = new GateRule(0.03, 0.02, 0.5, 0.2);

    /** Checks the ranges. */
    public GateRule {
        if (!(cellLevel > 0 && cellLevel < 1 && globalLevel > 0 && globalLevel < 1)) {
            throw new IllegalArgumentException(
                    "the levels of the gate must lie in (0, 1), got " + cellLevel + " and " + globalLevel);
        }
        if (!(minimum >= 0 && minimumOfAll >= 0)) {
            throw new IllegalArgumentException(
                    "the smallest drops of the gate must be at least 0, got " + minimum + " and " + minimumOfAll);
        }
    }
}
