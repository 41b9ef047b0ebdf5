package io.maeharness.workbench;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** A time by which a run has to end. */
public final class Deadline {
    /** No such time. */
    public static final Deadline NONE = new Deadline(Long.MAX_VALUE);

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** So long from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Time left, not negative; years where there is no deadline. */
    public Duration left() {
        return this == NONE
                ? Duration.ofNanos(Long.MAX_VALUE)
                : Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return left().isZero();
    }

    /** Watches the clock from {@link Watch#begin} on, and calls once the time is over. */
    Watch watch(Runnable over) {
        return new Watch(over);
    }

    /** Somebody who looks at the clock until closed. */
    final class Watch implements AutoCloseable {
        private final Runnable over;
        private final Timer clock = new Timer("deadline", true);

        private Watch(Runnable over) {
            this.over = over;
        }

        void begin() {
            if (Deadline.this != NONE) {
                clock.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                over.run();
                            }
                        },
                        left().toMillis() + 1); // Not before it is over.
            }
        }

        @Override
        public void close() {
            clock.cancel();
        }
    }
}
