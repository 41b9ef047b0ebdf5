package io.maeharness.results;

import java.util.Arrays;
import java.util.Locale;

/** State of one value of a table; the four stay distinct in the store and in every report. */
public enum ResultState {
    /** The stage ran to its end and gave a number. */
    MEASURED,
    /** The stage ran and broke off; the row carries the reason. */
    FAILED,
    /** The stage was deliberately not run; the row carries the reason. */
    SKIPPED,
    /** The stage has not run yet; the row carries what it waits for. */
    PENDING;

    /** Spelling in {@code results.csv}: lower case. */
    public String csv() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * State with the given CSV spelling.
     *
     * @throws IllegalArgumentException when no state is spelled so
     */
    public static ResultState ofCsv(String text) {
        return Arrays.stream(values())
                .filter(state -> state.csv().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "state must be measured, failed, skipped or pending, got '" + text + "'"));
    }
}
