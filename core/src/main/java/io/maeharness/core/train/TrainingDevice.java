package io.maeharness.core.train;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.Schedule;
import java.util.OptionalInt;

/**
 * One of the devices that a training is computed on.
 *
 * @param manager of the engine, on the device
 * @param ownMicroBatch images that it computes on at once; empty where the recipe says
 * @param members devices that compute the training, this one among them
 */
public record TrainingDevice(NDManager manager, OptionalInt ownMicroBatch, int members) {
    /** A device that is alone and takes the recipe's micro-batches. */
    public static TrainingDevice of(NDManager manager) {
        return new TrainingDevice(manager, OptionalInt.empty(), 1);
    }

    /** Images that it computes on at once. */
    public int microBatch(Schedule schedule) {
        return ownMicroBatch.orElse(schedule.microBatch());
    }

    /** Whether it is a GPU. */
    boolean isGpu() {
        return manager.getDevice().isGpu();
    }
}
