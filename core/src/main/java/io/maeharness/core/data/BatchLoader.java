package io.maeharness.core.data;

import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.StageRandom;
import java.util.List;
import java.util.Optional;

/**
 * Fills batches with transformed pictures: a {@link ViewLoader} of one view.
 *
 * <p>The draws of a sample are those of (stage seed, augmentation, epoch, position of the sample in
 * the data set), so a batch does not depend on the batches before it, nor on who loads it. Used by one
 * thread at a time.
 */
public final class BatchLoader implements AutoCloseable {

    private final ViewLoader loader;

    /**
     * Creates a loader.
     *
     * @param size side of the model's input, S
     * @param random the stage's random numbers
     * @param threads as for {@link ViewLoader}
     */
    public BatchLoader(
            ImageDataset dataset,
            SampleTransform transform,
            PixelStatistics statistics,
            int size,
            StageRandom random,
            int threads) {
        this(dataset, transform, statistics, size, random, threads, Optional.empty());
    }

    /**
     * Creates a loader that writes where a device is fed from.
     *
     * @param memory as for {@link ViewLoader}
     */
    public BatchLoader(
            ImageDataset dataset,
            SampleTransform transform,
            PixelStatistics statistics,
            int size,
            StageRandom random,
            int threads,
            Optional<FeedMemory> memory) {
        List<ViewLoader.View> views = List.of(new ViewLoader.View(transform, size));
        loader = new ViewLoader(dataset, views, statistics, random, threads, memory);
    }

    /**
     * Returns the samples at these positions; valid until the next call.
     *
     * @param epoch the epoch from 0; part of every draw
     * @param indices positions in the data set, B of them
     */
    public Batch load(long epoch, int[] indices) {
        return loader.load(epoch, indices).get(0);
    }

    /**
     * Starts to load a batch that will be asked for next; without threads nothing happens.
     *
     * @param epoch the epoch from 0
     * @param indices positions in the data set
     */
    public void prepare(long epoch, int[] indices) {
        loader.prepare(epoch, indices);
    }

    /** Stops the threads; as for {@link ViewLoader}. */
    @Override
    public void close() {
        loader.close();
    }
}
