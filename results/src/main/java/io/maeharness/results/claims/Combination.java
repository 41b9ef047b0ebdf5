package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A linear combination of cells, out of which components are made.
 *
 * @param coefficients of the cells, none of them 0
 */
public record Combination(Map<CellKey, Double> coefficients) {
    /** Drops cells that do not count. */
    public Combination {
        Map<CellKey, Double> counting = new LinkedHashMap<>(coefficients);
        counting.values().removeIf(value -> value == 0);
        coefficients = Collections.unmodifiableMap(counting);
    }

    /**
     * A cell, written {@code case.metric}, or {@code table:case.metric} for one of another table.
     *
     * @throws IllegalArgumentException when it is written otherwise
     */
    static Combination of(String written, String table) {
        int colon = written.indexOf(':');
        int dot = written.lastIndexOf('.');
        if (dot <= colon + 1 || dot == written.length() - 1) {
            throw new IllegalArgumentException("a cell is written case.metric or table:case.metric, such as"
                    + " ratio-75.ft or context:scratch.ft, got '" + written + "'");
        }
        CellKey cell = new CellKey(
                colon < 0 ? table : written.substring(0, colon),
                written.substring(colon + 1, dot),
                written.substring(dot + 1));
        return new Combination(Map.of(cell, 1.0));
    }

    /** The sum of both. */
    public Combination plus(Combination other) {
        Map<CellKey, Double> sum = new LinkedHashMap<>(coefficients);
        other.coefficients.forEach((cell, value) -> sum.merge(cell, value, Double::sum));
        return new Combination(sum);
    }

    /** The difference of both. */
    public Combination minus(Combination other) {
        return plus(other.times(-1));
    }

    /** A multiple. */
    public Combination times(double factor) {
        Map<CellKey, Double> multiple = new LinkedHashMap<>();
        coefficients.forEach((cell, value) -> multiple.put(cell, factor * value));
        return new Combination(multiple);
    }
}
