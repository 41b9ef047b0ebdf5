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

    /** The screen that fits where the output goes: redrawn in place on a terminal, else log lines. */
    static Screen of(PrintWriter out) {
        return onTerminal() ? new AnsiScreen(out) : new LogScreen(out);
    }

    /**
     * Whether the output is a terminal that understands escape codes: the launcher knows and says so; without a launcher
     * Java's own, coarser knowledge is used.
     */
    private static boolean onTerminal() {
        String told = System.getProperty("mae.terminal", "");
        if (!told.isEmpty()) {
            return Boolean.parseBoolean(told);
        }
        String kind = System.getenv("TERM");
        return System.console() != null && kind != null && !kind.equals("dumb");
    }
}
