package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.Contrast;
import io.maeharness.results.statistics.MedianTimes;
import io.maeharness.results.statistics.ResidualVariance;
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
public final class TimedContrasts implements ContrastEstimate.Source {
    private static final String HOURS = "hours";
    private static final String MILLISECONDS = "ms";
    private static final String SPREAD = "spread";

    private static final int FEWEST_PROCESSES = 2;
    private static final int MOST_PROCESSES = 5;

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
        if (processes < FEWEST_PROCESSES || processes > MOST_PROCESSES || timed.isEmpty()) {
            return new ContrastEstimate.WithoutError(value, "the spread of " + processes + " processes tells no error");
        }
        ResidualVariance noise = MedianTimes.of(
                processes,
                timed.stream().mapToDouble(this::value).toArray(),
                timed.stream().mapToDouble(cell -> value(spreadOf(cell))).toArray());
        double[] coefficients = component.coefficients().entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(HOURS))
                .mapToDouble(Map.Entry::getValue)
                .toArray();
        Contrast contrast = MedianTimes.contrast(value, coefficients, noise);
        return contrast.standardError() > 0
                ? new ContrastEstimate.Estimated(value, contrast.standardError(), contrast.degreesOfFreedom())
                : new ContrastEstimate.WithoutError(value, "the processes took the very same time");
    }

    private double value(CellKey cell) {
        return values.get(cell).values().iterator().next();
    }

    private boolean hasSpread(CellKey cell) {
        return cell.metric().equals(MILLISECONDS) && values.containsKey(spreadOf(cell));
    }

    private static CellKey spreadOf(CellKey cell) {
        return new CellKey(cell.table(), cell.caseKey(), SPREAD);
    }
}
