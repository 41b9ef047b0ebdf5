package io.maeharness.core.train;

/** Images per second over about the last five seconds. */
final class Throughput {
    private static final double WINDOW_SECONDS = 5;
    private final int imagesPerStep;
    private long windowStart = System.nanoTime();
    private long windowImages;
    private double latest;

    Throughput(int imagesPerStep) {
        this.imagesPerStep = imagesPerStep;
    }

    /** Counts a step and returns the current rate. */
    double afterStep() {
        windowImages += imagesPerStep;
        double seconds = (System.nanoTime() - windowStart) / 1e9;
        if (latest == 0 || seconds > WINDOW_SECONDS) {
            latest = windowImages / Math.max(seconds, 1e-9);
        }
        if (seconds > WINDOW_SECONDS) {
            windowStart = System.nanoTime();
            windowImages = 0;
        }
        return latest;
    }
}
