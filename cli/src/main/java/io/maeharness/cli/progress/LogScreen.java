package io.maeharness.cli.progress;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.LongSupplier;

/** A file or a pipe: every event is a line, the status comes every ten seconds. */
final class LogScreen implements Screen {
    private static final long CALM_NANOS = 10_000_000_000L;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;
    private final LongSupplier clock;
    private long shownAt;

    LogScreen(PrintWriter out) {
        this(out, System::nanoTime);
    }

    LogScreen(PrintWriter out, LongSupplier nanoClock) {
        this.out = out;
        this.clock = nanoClock;
        this.shownAt = nanoClock.getAsLong();
    }

    @Override
    public synchronized void event(String lines) {
        if (lines.contains("\n")) {
            out.println(lines);
        } else {
            out.println(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + lines);
        }
        out.flush();
    }

    @Override
    public synchronized void status(List<String> lines) {
        if (clock.getAsLong() - shownAt < CALM_NANOS) {
            return;
        }
        shownAt = clock.getAsLong();
        lines.forEach(this::event);
    }

    @Override
    public synchronized void close() {
        out.flush();
    }
}
