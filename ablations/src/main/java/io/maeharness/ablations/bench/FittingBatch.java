package io.maeharness.ablations.bench;

import io.maeharness.core.model.TrainingMemory;

/**
 * How many images a round takes: as many as fit the memory with mask tokens, which need the most, and a power of two.
 *
 * <p>There is a limit where more images change the time of one no more, or not by as much as they cost time to measure.
 */
final class FittingBatch {
    private static final int MOST_ON_CPU = 4;
    private static final int MOST_ON_GPU = 64;
    /** The estimate may be a third too low, and others need memory too. */
    private static final double USABLE = 0.7;

    private FittingBatch() {}

    /** Most images of a round on the stage's kind of device. */
    static int most(WallClockStage stage) {
        return switch (stage.device()) {
            case CPU -> MOST_ON_CPU;
            case GPU -> MOST_ON_GPU;
        };
    }

    /** Bytes that the most expensive variant needs. */
    static double bytes(WallClockStage stage, int images) {
        return TrainingMemory.pretraining(
                stage.model(),
                stage.recipe(WallClockStage.Variant.MASK_TOKENS, images),
                WallClockStage.CHANNELS,
                images,
                stage.precision(),
                stage.wholeStep() ? TrainingMemory.TRAINED_WEIGHT : TrainingMemory.TIMED_WEIGHT);
    }

    /**
     * Images of a round, at least one.
     *
     * @param freeBytes of the device; 0 where that is unknown, which allows the most
     */
    static int of(WallClockStage stage, double freeBytes) {
        if (stage.batch() > 0) {
            return stage.batch();
        }
        int images = most(stage);
        while (images > 1 && freeBytes > 0 && bytes(stage, images) > USABLE * freeBytes) {
            images /= 2;
        }
        return images;
    }
}
