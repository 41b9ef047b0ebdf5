package io.maeharness.results;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Unit of a column of a table. */
public enum Unit {
    /** Percent in 0-100; differences are points. */
    PERCENT("%", "points"),
    /** Multiple of the default row. */
    RATIO("×", "×"),
    /** Hours of wall-clock time. */
    HOURS("h", "h"),
    /** 10^12 floating-point operations. */
    TERAFLOPS("TFLOP", "TFLOP"),
    /** Millions. */
    MEGA("M", "M"),
    /** Milliseconds. */
    MILLISECONDS("ms", "ms"),
    /** Floating-point operations in units of 1e9. */
    GFLOP("GFLOP", "GFLOP");

    private final String symbol;
    private final String differenceName;

    Unit(String symbol, String differenceName) {
        this.symbol = symbol;
        this.differenceName = differenceName;
    }

    /** Symbol for a column header. */
    public String symbol() {
        return symbol;
    }

    /** Name of the unit of a difference of two values, for an axis label. */
    public String differenceName() {
        return differenceName;
    }

    /**
     * Unit spelled in lower case, as in the paper's values.
     *
     * @throws IllegalArgumentException when there is no such unit
     */
    public static Unit ofCsv(String text) {
        for (Unit unit : values()) {
            if (unit.name().toLowerCase(Locale.ROOT).equals(text)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("unit must be one of "
                + Arrays.stream(values())
                        .map(unit -> unit.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + "; got '" + text + "'");
    }
}
