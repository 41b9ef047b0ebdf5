package io.maeharness.core.data;

import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fills batches with transformed pictures.
 *
 * <p>The draws of a sample are those of (stage seed, augmentation, epoch, position of the sample in
 * the data set), so a batch does not depend on the batches before it, nor on who loads it. By default
 * everything happens in the calling thread; with {@code background} one batch can be prepared ahead in
 * a thread of its own, which pays off where files are decoded. Used by one thread at a time.
 */
public final class BatchLoader implements AutoCloseable {

    private final ImageDataset dataset;
    private final SampleTransform transform;
    private final PixelStatistics statistics;
    private final int size;
    private final StageRandom random;
    private final ExecutorService background;
    private Buffers current = new Buffers();
    private Buffers next = new Buffers();
    private Future<Batch> ahead;
    private long aheadEpoch;
    private int[] aheadIndices;

    /**
     * Creates a loader.
     *
     * @param size side of the model's input, S
     * @param random the stage's random numbers
     * @param background whether {@link #prepare} loads in a thread of its own
     */
    public BatchLoader(
            ImageDataset dataset,
            SampleTransform transform,
            PixelStatistics statistics,
            int size,
            StageRandom random,
            boolean background) {
        this.dataset = dataset;
        this.transform = transform;
        this.statistics = statistics;
        this.size = size;
        this.random = random;
        this.background = background
                ? Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task, "batch-loader");
                    thread.setDaemon(true);
                    return thread;
                })
                : null;
    }

    /**
     * Returns the samples at these positions; valid until the next call.
     *
     * @param epoch the epoch from 0; part of every draw
     * @param indices positions in the data set, B of them
     */
    public Batch load(long epoch, int[] indices) {
        boolean prepared = ahead != null && aheadEpoch == epoch && Arrays.equals(aheadIndices, indices);
        Batch batch = ahead == null ? null : await();
        if (prepared) {
            Buffers loaded = next;
            next = current;
            current = loaded;
            return batch;
        }
        return fill(epoch, indices, current);
    }

    /**
     * Starts to load a batch that will be asked for next; without {@code background} nothing happens.
     *
     * @param epoch the epoch from 0
     * @param indices positions in the data set
     */
    public void prepare(long epoch, int[] indices) {
        if (background == null || ahead != null) {
            return;
        }
        aheadEpoch = epoch;
        aheadIndices = indices.clone();
        Buffers buffers = next;
        int[] wanted = aheadIndices;
        ahead = background.submit(() -> fill(epoch, wanted, buffers));
    }

    private Batch await() {
        Future<Batch> running = ahead;
        ahead = null;
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(
                    HarnessException.Kind.INTERRUPTED,
                    "loading of " + dataset.name() + " was interrupted; start again",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("loading of " + dataset.name() + " failed", e.getCause());
        }
    }

    private Batch fill(long epoch, int[] indices, Buffers buffers) {
        int length = dataset.channels() * size * size;
        buffers.grow(indices.length, length);
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            transform.apply(
                    dataset.image(index),
                    size,
                    random.at(Purpose.AUGMENTATION, epoch, index),
                    statistics,
                    buffers.images,
                    i * length,
                    buffers.scratch);
            buffers.labels[i] = dataset.label(index);
        }
        return new Batch(buffers.images, buffers.labels, indices.length);
    }

    /** Stops the background thread; batches handed out stay readable. */
    @Override
    public void close() {
        if (background != null) {
            background.shutdownNow();
        }
    }

    private static final class Buffers {
        private final Scratch scratch = new Scratch();
        private float[] images = new float[0];
        private int[] labels = new int[0];

        void grow(int count, int length) {
            if (labels.length < count) {
                images = new float[Math.multiplyExact(count, length)];
                labels = new int[count];
            }
        }
    }
}
