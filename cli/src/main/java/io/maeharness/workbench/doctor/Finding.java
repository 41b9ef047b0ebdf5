package io.maeharness.workbench.doctor;

import java.util.Locale;

/**
 * One line of the doctor's report.
 *
 * @param level how serious it is
 * @param subject what was looked at
 * @param found what was found
 * @param wayOut what to do about it; empty where nothing has to be done
 */
public record Finding(Level level, String subject, String found, String wayOut) {
    /** How serious a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It works, but slower or with less than could be. */
        WARN,
        /** It does not work. */
        FAIL
    }

    /** All is well. */
    static Finding ok(String subject, String found) {
        return new Finding(Level.OK, subject, found, "");
    }

    /** It works, but there is something better. */
    static Finding warn(String subject, String found, String wayOut) {
        return new Finding(Level.WARN, subject, found, wayOut);
    }

    /** It has to be repaired. */
    static Finding fail(String subject, String found, String wayOut) {
        return new Finding(Level.FAIL, subject, found, wayOut);
    }

    /** The line: level, subject, what was found and the way out. */
    public String line() {
        String text = "%-5s %-12s %s".formatted(level.name().toLowerCase(Locale.ROOT), subject, found);
        return wayOut.isEmpty() ? text : text + "; " + wayOut;
    }
}
