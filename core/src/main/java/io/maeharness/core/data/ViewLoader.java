package io.maeharness.core.data;

import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fills batches with several views of each picture, which is decoded once for all of them.
 *
 * <p>The draws of a sample's first view are those of (stage seed, augmentation, epoch, position of the
 * sample in the data set), the draws of a further view those of (stage seed, view, epoch, position and
 * number of the view): a batch does not depend on the batches before it, nor on who loads it, and views
 * do not depend on each other. Without threads everything happens in the calling one; with threads, which
 * pay off where files are decoded, they share the samples of a batch, and one batch can be prepared ahead.
 * Used by one thread at a time.
 */
public final class ViewLoader implements AutoCloseable {

    /**
     * How one view is made.
     *
     * @param transform what happens to the picture
     * @param size side of the view, S
     */
    public record View(SampleTransform transform, int size) {
        /** Values of one view of a picture. */
        int values(int channels) {
            return channels * size * size;
        }
    }

    private final ImageDataset dataset;
    private final List<View> views;
    private final PixelStatistics statistics;
    private final StageRandom random;
    private final Scratch[] scratches;
    private final Optional<ExecutorService> pool;
    private final Optional<FeedMemory> memory;
    private ViewStore current;
    private ViewStore next;
    private CompletableFuture<Void> ahead;
    private long aheadEpoch;
    private int[] aheadIndices;

    /**
     * Creates a loader.
     *
     * @param views the views of a sample, at least one
     * @param random the stage's random numbers
     * @param threads how many threads load beside the calling one, which then waits for them; 0 for none
     */
    public ViewLoader(
            ImageDataset dataset, List<View> views, PixelStatistics statistics, StageRandom random, int threads) {
        this(dataset, views, statistics, random, threads, Optional.empty());
    }

    /**
     * Creates a loader that writes where a device is fed from: levels where a view is nothing but standardised levels, else
     * standardised floats.
     *
     * @param memory to write into, closed with this loader; empty writes floats into arrays
     */
    public ViewLoader(
            ImageDataset dataset,
            List<View> views,
            PixelStatistics statistics,
            StageRandom random,
            int threads,
            Optional<FeedMemory> memory) {
        if (views.isEmpty()) {
            throw new IllegalArgumentException("a loader needs at least one view, got none");
        }
        this.dataset = dataset;
        this.views = List.copyOf(views);
        this.statistics = statistics;
        this.random = random;
        this.memory = memory;
        current = buffers();
        next = buffers();
        scratches = Stream.generate(Scratch::new).limit(Math.max(1, threads)).toArray(Scratch[]::new);
        pool = threads == 0
                ? Optional.empty()
                : Optional.of(Executors.newFixedThreadPool(threads, task -> {
                    Thread thread = new Thread(task, "batch-loader");
                    thread.setDaemon(true);
                    return thread;
                }));
    }

    /**
     * Threads that keep a device busy: all processors for a GPU, which waits for a single one most of the time, also where
     * pictures lie in memory and are only augmented; beside a processor's worker one where pictures are decoded, and none
     * where they are not.
     *
     * @param gpu whether a GPU computes
     */
    public static int threads(ImageDataset dataset, boolean gpu) {
        return threads(dataset, gpu, 1);
    }

    /**
     * The same for one of several devices.
     *
     * @param gpu whether a GPU computes
     * @param devices of this process, each with threads of its own
     */
    public static int threads(ImageDataset dataset, boolean gpu, int devices) {
        if (gpu) {
            return Math.max(1, Runtime.getRuntime().availableProcessors() / devices);
        }
        return dataset.isDecoded() ? 1 : 0;
    }

    /** Whether {@link #prepare} does anything. */
    public boolean looksAhead() {
        return pool.isPresent();
    }

    /**
     * Returns the samples at these positions, one batch for each view; valid until the next call.
     *
     * @param epoch the epoch from 0; part of every draw
     * @param indices positions in the data set, B of them
     */
    public List<Batch> load(long epoch, int[] indices) {
        CompletableFuture<Void> prepared = ahead;
        ahead = null;
        if (prepared != null && aheadEpoch == epoch && Arrays.equals(aheadIndices, indices)) {
            await(prepared);
            ViewStore loaded = next;
            next = current;
            current = loaded;
        } else {
            if (prepared != null) {
                await(prepared.exceptionally(unwanted -> null));
            }
            await(fill(epoch, indices, current));
        }
        return current.batches(indices.length);
    }

    /**
     * Starts to load a batch that will be asked for next; without threads nothing happens.
     *
     * @param epoch the epoch from 0
     * @param indices positions in the data set
     */
    public void prepare(long epoch, int[] indices) {
        if (looksAhead() && ahead == null) {
            aheadEpoch = epoch;
            aheadIndices = indices.clone();
            ahead = fill(epoch, aheadIndices, next);
        }
    }

    private void await(CompletableFuture<Void> parts) {
        try {
            parts.get();
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

    /** Fills the buffers, or has each thread fill a part; ends when all parts have, well or not. */
    private CompletableFuture<Void> fill(long epoch, int[] indices, ViewStore store) {
        store.reserve(indices.length);
        if (pool.isEmpty()) {
            fill(epoch, indices, 0, store);
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(IntStream.range(0, scratches.length)
                .mapToObj(part -> CompletableFuture.runAsync(() -> fill(epoch, indices, part, store), pool.get()))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Every so many samples one, from that of the part's number on, with the working memory of the part. */
    private void fill(long epoch, int[] indices, int part, ViewStore store) {
        for (int i = part; i < indices.length; i += scratches.length) {
            store.labels()[i] = dataset.label(indices[i]);
            Picture picture = dataset.image(indices[i]);
            for (int view = 0; view < views.size(); view++) {
                store.write(view, i, picture, draws(view, epoch, indices[i]), scratches[part]);
            }
        }
    }

    private ViewStore buffers() {
        return memory.<ViewStore>map(feed -> new FedStore(views, dataset.channels(), statistics, feed))
                .orElseGet(() -> new ArrayStore(views, dataset.channels(), statistics));
    }

    private RandomGenerator draws(int view, long epoch, int index) {
        return view == 0
                ? random.at(Purpose.AUGMENTATION, epoch, index)
                : random.at(Purpose.VIEW, epoch, ((long) view << 32) + index);
    }

    /**
     * Has a thread of the loader compute something, before it goes on with what it is asked for next; the calling one, when
     * there are none.
     */
    public <T> CompletableFuture<T> beside(Supplier<T> task) {
        return pool.map(threads -> CompletableFuture.supplyAsync(task, threads))
                .orElseGet(() -> CompletableFuture.completedFuture(task.get()));
    }

    /** Stops the threads; batches handed out stay readable, but for those in memory that a device is fed from. */
    @Override
    public void close() {
        pool.ifPresent(ExecutorService::shutdownNow);
        if (memory.isPresent()) {
            pool.ifPresent(ViewLoader::awaitEnd); // No thread may write into what is released.
            memory.get().close();
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
