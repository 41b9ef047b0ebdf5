package io.maeharness.cli.progress;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.LongSupplier;

/** A terminal: events scroll, the status below them is redrawn in place, a few times a second at most. */
final class AnsiScreen implements Screen {
    private static final long CALM_NANOS = 200_000_000;
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintWriter out;
    private final LongSupplier clock;
    private List<String> shown = List.of();
    private long drawnAt;

    AnsiScreen(PrintWriter out) {
        this(out, System::nanoTime);
    }

    AnsiScreen(PrintWriter out, LongSupplier nanoClock) {
        this.out = out;
        this.clock = nanoClock;
        this.drawnAt = nanoClock.getAsLong() - CALM_NANOS;
    }

    @Override
    public synchronized void event(String lines) {
        String clear = up() + CLEAR_BELOW;
        out.print(clear + lines + System.lineSeparator());
        draw(shown);
    }

    @Override
    public synchronized void status(List<String> lines) {
        if (clock.getAsLong() - drawnAt < CALM_NANOS) {
            return;
        }
        out.print(up() + CLEAR_BELOW);
        draw(lines);
    }

    @Override
    public synchronized void close() {
        out.print(up() + CLEAR_BELOW);
        shown = List.of();
        out.flush();
    }

    /** Long lines are cut and not wrapped: only so are there as many rows as lines. */
    private void draw(List<String> lines) {
        out.print(NO_WRAP);
        lines.forEach(line -> out.print(line + System.lineSeparator()));
        out.print(WRAP);
        out.flush();
        shown = List.copyOf(lines);
        drawnAt = clock.getAsLong();
    }

    private String up() {
        return shown.isEmpty() ? "" : "\u001b[" + shown.size() + "A\r";
    }
}
