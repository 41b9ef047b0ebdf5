package io.maeharness.cli.progress;

import java.io.PrintWriter;
import java.util.List;

/** Where progress is shown. Calls come from several threads. */
public interface Screen extends AutoCloseable {
    /** Shows lines that stay. */
    void event(String lines);

    /** Shows the present state, which the next call replaces; a screen may leave calls out to stay calm. */
    void status(List<String> lines);

    /** Leaves the cursor below everything that was shown. */
    @Override
    void close();

    /**
     * The screen that fits where the output goes: redrawn in place on a terminal, else log lines.
     *
     * <p>Only the launcher knows whether the output is a terminal, because Java tells it differently from version to
     * version; it says so in the property {@code mae.terminal}.
     */
    static Screen of(PrintWriter out) {
        return Boolean.getBoolean("mae.terminal") ? new AnsiScreen(out) : new LogScreen(out);
    }
}
