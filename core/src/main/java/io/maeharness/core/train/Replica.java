package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.optim.Trained;
import java.util.List;
import java.util.Map;

/**
 * What one device holds of a training: its weights with their optimiser, the images that it is fed with, and the method,
 * which is the gradient of a loss and an update.
 *
 * <p>Everything else is here once: the loop over the chunks of a step, the state of a checkpoint, and the end.
 */
public abstract class Replica implements Trainable, AutoCloseable {
    private final NDManager manager;

    /** A replica on a device, whose manager stays the caller's. */
    protected Replica(TrainingDevice device) {
        manager = device.manager();
    }

    /** The images of each step; closed with this object. */
    protected abstract TrainingFeed feed();

    /** What is trained; closed with this object. */
    protected abstract Trained trained();

    /** Whatever else is closed with this object, in this order. */
    protected abstract List<AutoCloseable> parts();

    /**
     * What a method needs of all images of a step before it has a gradient of any; done on every device at once, where a
     * step is cut into shards.
     */
    protected void prepare(long step) {}

    /**
     * Joins what all devices prepared; done on the first device alone. What it adds to the sums counts as its first shard's.
     *
     * @param all devices in their order, this one first
     */
    protected void couple(List<? extends Replica> all) {}

    /** The chunks of this device's shards in a step. */
    protected Iterable<TrainingFeed.Chunk> chunks(long step) {
        return feed().chunksOf(step);
    }

    /**
     * Adds the gradient of {@code share * loss} of some images to the sums.
     *
     * @param scope owns what is needed for this call only
     * @return {@code share * loss}, where the share is that of these images in the step, on the device: [values], the
     *     first counts
     */
    protected abstract NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope);

    /**
     * Updates the weights from the sums of a whole step and sets the sums to zero.
     *
     * @param step number of the step, from 0
     */
    protected abstract void update(long step, double learningRate);

    /**
     * Looks at what {@link #accumulate} gave of some images, when it is read at the end of the step.
     *
     * @param step number of the step, from 0
     * @param loss [values]
     */
    protected void examine(long step, float[] loss) {}

    /** A whole step on this device alone. */
    @Override
    public double step(long step, double learningRate) {
        try (StepLosses losses = new StepLosses(manager)) {
            for (TrainingFeed.Chunk chunk : chunks(step)) {
                accumulate(chunk, losses);
            }
            update(step, learningRate);
            return losses.ofShards(0, 1, loss -> examine(step, loss))[0];
        }
    }

    final void accumulate(TrainingFeed.Chunk chunk, StepLosses losses) {
        try (NDManager scope = manager.newSubManager()) {
            losses.add(chunk.shard(), accumulate(chunk, scope));
        }
    }

    /** Which samples each step sees. */
    public final EpochOrder order() {
        return feed().order();
    }

    /** Of the device. */
    protected final NDManager manager() {
        return manager;
    }

    /** What is summed over the images of a step. */
    final List<NDArray> sums() {
        return trained().sums();
    }

    @Override
    public Map<String, NDArray> state() {
        return trained().state();
    }

    @Override
    public void restore(Map<String, NDArray> state) {
        trained().restore(state);
    }

    @Override
    public final void close() {
        trained().close();
        feed().close();
        for (AutoCloseable part : parts()) {
            close(part);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a part of a training cannot be closed", e);
        }
    }
}
