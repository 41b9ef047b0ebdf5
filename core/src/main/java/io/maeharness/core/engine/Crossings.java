package io.maeharness.core.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often values have crossed between Java and the device of an array in this process. On a GPU each crossing waits for
 * what was asked of it before, so a step should have few; they are counted on every device, so that a processor can tell.
 */
public final class Crossings {
    private static final AtomicLong UPLOADS = new AtomicLong();
    private static final AtomicLong DOWNLOADS = new AtomicLong();

    private Crossings() {}

    /** Values that were put onto a device. */
    public static long uploads() {
        return UPLOADS.get();
    }

    /** Values that were read from a device. */
    public static long downloads() {
        return DOWNLOADS.get();
    }

    /** Counts values that are put onto a device. */
    public static void countUpload() {
        UPLOADS.incrementAndGet();
    }

    /** Counts values that are read from a device. */
    static void countDownload() {
        DOWNLOADS.incrementAndGet();
    }
}
