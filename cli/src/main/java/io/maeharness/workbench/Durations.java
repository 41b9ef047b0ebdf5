package io.maeharness.workbench;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
public final class Durations {
    private static final long SHORT_MILLIS = 9_950;

    private Durations() {}

    /** Two units at most: {@code 0.4 s}, {@code 45 s}, {@code 12 min}, {@code 3 h 20 min}, {@code 5 d 4 h}. */
    public static String words(Duration duration) {
        if (duration.toMillis() < SHORT_MILLIS) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 100) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h " + minutes % 60 + " min" : hours / 24 + " d " + hours % 24 + " h";
    }

    /** As {@link #words(Duration)}. */
    public static String words(double seconds) {
        return words(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
