package io.maeharness.core.train;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.engine.Torch;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of the devices that a training is computed on.
 *
 * @param manager of the engine, on the device
 * @param ownMicroBatch images that it computes on at once; empty where the recipe says
 * @param members devices that compute the training, this one among them
 * @param fed whether images come to it from {@link FeedMemory}, as bytes where they can, as they do to a GPU
 */
public record TrainingDevice(NDManager manager, OptionalInt ownMicroBatch, int members, boolean fed) {
    /** A device that is fed as its kind is. */
    public TrainingDevice(NDManager manager, OptionalInt ownMicroBatch, int members) {
        this(manager, ownMicroBatch, members, Torch.asGpu(manager));
    }

    /** A device that is alone and takes the recipe's micro-batches. */
    public static TrainingDevice of(NDManager manager) {
        return new TrainingDevice(manager, OptionalInt.empty(), 1);
    }

    /** The same device, fed as a GPU is: the bits are the same. */
    public TrainingDevice fedAsGpu() {
        return new TrainingDevice(manager, ownMicroBatch, members, true);
    }

    /** Images that it computes on at once. */
    public int microBatch(Schedule schedule) {
        return ownMicroBatch.orElse(schedule.microBatch());
    }

    /** What its images are written into, where it is fed from memory. */
    Optional<FeedMemory> feedMemory() {
        return fed ? Optional.of(new FeedMemory(manager)) : Optional.empty();
    }

    /** Whether it is a GPU. */
    boolean isGpu() {
        return Torch.asGpu(manager);
    }
}
