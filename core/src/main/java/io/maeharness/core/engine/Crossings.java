package io.maeharness.core.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often values have crossed between Java and the device of an array in this process, and how many bytes went up. On a
 * GPU a crossing may wait for what was asked of it before, so a step should have few; they are counted on every device, so
 * that a processor can tell.
 */
public final class Crossings {
    private static final AtomicLong UPLOADS = new AtomicLong();
    private static final AtomicLong UPLOADED_BYTES = new AtomicLong();
    private static final AtomicLong DOWNLOADS = new AtomicLong();

    private Crossings() {}

    /** Values that were put onto a device. */
    public static long uploads() {
        return UPLOADS.get();
    }

    /** Bytes of all values that were put onto a device. */
    public static long uploadedBytes() {
        return UPLOADED_BYTES.get();
    }

    /** Values that were read from a device. */
    public static long downloads() {
        return DOWNLOADS.get();
    }

    /** Counts values that are put onto a device. */
    public static void countUpload(long bytes) {
        UPLOADS.incrementAndGet();
        UPLOADED_BYTES.addAndGet(bytes);
    }

    /** Counts values that are read from a device. */
    static void countDownload() {
        DOWNLOADS.incrementAndGet();
    }
}
