package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Timings as evidence: a row's value is the median of several processes, and what they spread tells its error.
 *
 * <p>The scale of the noise is that of all timed rows together, from the mean of their relative ranges; ratios of times
 * are judged on logarithms.
 */
public final class TimedContrasts implements ContrastSource {
    private static final String HOURS = "hours";
    private static final String MILLISECONDS = "ms";
    private static final String SPREAD = "spread";

    /** Expected range of so many standard normal values, from two on. Source: any table for control charts. */
    private static final List<Double> RANGES = List.of(1.128, 1.693, 2.059, 2.326);

    /** Variance of the median of so many standard normal values, from two on. */
    private static final List<Double> MEDIANS = List.of(0.5, 0.4487, 0.2982, 0.2868);

    private final Map<CellKey, Map<Long, Double>> values;
    private final int processes;

    /**
     * Takes timings.
     *
     * @param values of the cells by seed, with the columns {@code ms}, {@code spread} and {@code hours} of each row
     * @param processes that a row's median is of
     */
    public TimedContrasts(Map<CellKey, Map<Long, Double>> values, int processes) {
        this.values = new TreeMap<>(values);
        this.processes = processes;
    }

    @Override
    public ContrastEstimate estimate(Claim claim, Component component) {
        Set<CellKey> cells = component.coefficients().keySet();
        for (CellKey cell : cells) {
            if (values.getOrDefault(cell, Map.of()).isEmpty()) {
                return new ContrastEstimate.Missing(cell + " has no value");
            }
        }
        double value = component.contrast(claim.scale(), this::value);
        List<CellKey> timed = values.keySet().stream().filter(this::hasSpread).toList();
        if (processes < 2 || processes - 2 >= RANGES.size() || timed.isEmpty()) {
            return new ContrastEstimate.WithoutError(value, "the spread of " + processes + " processes tells no error");
        }
        double deviation =
                timed.stream().mapToDouble(this::relativeDeviation).average().orElseThrow();
        double squares = component.coefficients().entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(HOURS))
                .mapToDouble(entry -> entry.getValue() * entry.getValue())
                .sum();
        double error = deviation * Math.sqrt(squares * MEDIANS.get(processes - 2));
        return error > 0
                ? new ContrastEstimate.Estimated(value, error, (processes - 1.0) * timed.size())
                : new ContrastEstimate.WithoutError(value, "the processes took the very same time");
    }

    private double value(CellKey cell) {
        return values.get(cell).values().iterator().next();
    }

    private boolean hasSpread(CellKey cell) {
        return cell.metric().equals(MILLISECONDS)
                && values.containsKey(new CellKey(cell.table(), cell.caseKey(), SPREAD));
    }

    /** Standard deviation of one process's time, as a share of the time. */
    private double relativeDeviation(CellKey milliseconds) {
        double range = value(new CellKey(milliseconds.table(), milliseconds.caseKey(), SPREAD));
        return range / RANGES.get(processes - 2) / value(milliseconds);
    }
}
