package io.maeharness.ablations.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says what is being measured, how many measurements are done, and when all are: what was slower than expected counts. */
final class BenchProgress {
    private static final double NANO = 1e-9;

    /** No round is begun that would end later than so many seconds after the first. */
    private static final double LAST_END = 270;
    /** No product is begun later, when one was timed. */
    private static final double LATE = 200;

    private final PrintStream out;
    private final LongSupplier nanos;
    private final int measurements;
    private final double expected;
    private final long begun;
    private int done;
    private double expectedOfDone;
    private double expectedNow;

    /**
     * Progress from now on.
     *
     * @param measurements how many there are
     * @param expectedSeconds of all of them
     */
    BenchProgress(PrintStream out, LongSupplier nanos, int measurements, double expectedSeconds) {
        this.out = out;
        this.nanos = nanos;
        this.measurements = measurements;
        this.expected = expectedSeconds;
        this.begun = nanos.getAsLong();
    }

    /** A measurement begins, which ends the one before it. */
    void begin(String what, double expectedSeconds) {
        finishLast();
        expectedNow = expectedSeconds;
        out.println(String.format(
                Locale.ROOT, "  %d of %d done, about %.0f s left; now %s", done, measurements, secondsLeft(), what));
        out.flush();
    }

    private void finishLast() {
        if (expectedNow > 0) {
            done++;
            expectedOfDone += expectedNow;
        }
    }

    /** Whether another round ends in time when it takes as long as those that are done. */
    boolean hasTimeFor(int roundsDone) {
        return roundsDone == 0 || elapsed() * (roundsDone + 1) / roundsDone < LAST_END;
    }

    /** Whether so much time has passed that the measurement should come to its end. */
    boolean isLate() {
        return elapsed() > LATE;
    }

    private double elapsed() {
        return NANO * (nanos.getAsLong() - begun);
    }

    /** Expected time of the others, scaled as what is done was. */
    double secondsLeft() {
        double scale = expectedOfDone > 0 ? elapsed() / expectedOfDone : 1;
        return scale * (expected - expectedOfDone);
    }
}
