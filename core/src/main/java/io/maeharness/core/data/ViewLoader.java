package io.maeharness.core.data;

import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Fills batches with several views of each picture, which is decoded once for all of them.
 *
 * <p>The draws of a sample's first view are those of (stage seed, augmentation, epoch, position of the
 * sample in the data set), the draws of a further view those of (stage seed, view, epoch, position and
 * number of the view): a batch does not depend on the batches before it, nor on who loads it, and views
 * do not depend on each other. By default everything happens in the calling thread; with {@code
 * background} one batch can be prepared ahead in a thread of its own, which pays off where files are
 * decoded. Used by one thread at a time.
 */
public final class ViewLoader implements AutoCloseable {

    /**
     * How one view is made.
     *
     * @param transform what happens to the picture
     * @param size side of the view, S
     */
    public record View(SampleTransform transform, int size) {}

    private final ImageDataset dataset;
    private final List<View> views;
    private final PixelStatistics statistics;
    private final StageRandom random;
    private final ExecutorService background;
    private Buffers current;
    private Buffers next;
    private Future<List<Batch>> ahead;
    private long aheadEpoch;
    private int[] aheadIndices;

    /**
     * Creates a loader.
     *
     * @param views the views of a sample, at least one
     * @param random the stage's random numbers
     * @param background whether {@link #prepare} loads in a thread of its own
     */
    public ViewLoader(
            ImageDataset dataset,
            List<View> views,
            PixelStatistics statistics,
            StageRandom random,
            boolean background) {
        if (views.isEmpty()) {
            throw new IllegalArgumentException("a loader needs at least one view, got none");
        }
        this.dataset = dataset;
        this.views = List.copyOf(views);
        this.statistics = statistics;
        this.current = new Buffers(views.size());
        this.next = new Buffers(views.size());
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
     * Returns the samples at these positions, one batch for each view; valid until the next call.
     *
     * @param epoch the epoch from 0; part of every draw
     * @param indices positions in the data set, B of them
     */
    public List<Batch> load(long epoch, int[] indices) {
        boolean prepared = ahead != null && aheadEpoch == epoch && Arrays.equals(aheadIndices, indices);
        List<Batch> batch = ahead == null ? null : await();
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

    private List<Batch> await() {
        Future<List<Batch>> running = ahead;
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

    private List<Batch> fill(long epoch, int[] indices, Buffers buffers) {
        for (int view = 0; view < views.size(); view++) {
            buffers.grow(view, indices.length, floats(view));
        }
        for (int i = 0; i < indices.length; i++) {
            buffers.labels[i] = dataset.label(indices[i]);
            Picture picture = dataset.image(indices[i]);
            for (int view = 0; view < views.size(); view++) {
                fill(view, picture, draws(view, epoch, indices[i]), i * floats(view), buffers);
            }
        }
        return Arrays.stream(buffers.images)
                .map(images -> new Batch(images, buffers.labels, indices.length))
                .toList();
    }

    private void fill(int view, Picture picture, RandomGenerator draws, int offset, Buffers buffers) {
        View wanted = views.get(view);
        wanted.transform()
                .apply(picture, wanted.size(), draws, statistics, buffers.images[view], offset, buffers.scratch);
    }

    private RandomGenerator draws(int view, long epoch, int index) {
        return view == 0
                ? random.at(Purpose.AUGMENTATION, epoch, index)
                : random.at(Purpose.VIEW, epoch, ((long) view << 32) + index);
    }

    private int floats(int view) {
        int size = views.get(view).size();
        return dataset.channels() * size * size;
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
        private final float[][] images;
        private int[] labels = new int[0];

        Buffers(int views) {
            images = new float[views][0];
        }

        void grow(int view, int count, int floats) {
            if (labels.length < count) {
                labels = new int[count];
            }
            if (images[view].length < (long) count * floats) {
                images[view] = new float[Math.multiplyExact(count, floats)];
            }
        }
    }
}
