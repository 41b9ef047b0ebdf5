package io.maeharness.ablations.bench;

/**
 * A short look at a machine, so that what follows fits its speed.
 *
 * @param imageSeconds of the step, for an image
 * @param flopsPerSecond of a small matrix product
 */
record FirstTiming(double imageSeconds, double flopsPerSecond) {
    private static final int IMAGES = 16;
    private static final int SIDE = 512;
    private static final double NANO = 1e-9;

    /** Times a small batch and a small product, each the second time: the first one compiles. */
    static FirstTiming of(SpeedSubject subject) {
        double product = second(new SquareProduct(SIDE, 1, subject.precision()));
        int images = Math.min(IMAGES, subject.batch());
        return new FirstTiming(
                second(TimedStep.open(subject.withBatch(images))) / images, SquareProduct.flops(SIDE, 1) / product);
    }

    private static double second(TimedStep step) {
        try (step) {
            step.run();
            long begun = System.nanoTime();
            step.run();
            return NANO * Math.max(1, System.nanoTime() - begun);
        }
    }
}
