package io.maeharness.core.train;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The images of each optimiser step in chunks that the engine takes at once. While it computes on one, the next is loaded
 * where that is worth a thread.
 */
public final class TrainingFeed implements AutoCloseable {
    private final EpochOrder order;
    private final ViewLoader loader;
    private final int size;
    private final long steps;

    private TrainingFeed(EpochOrder order, ViewLoader loader, Chunks chunks, long steps) {
        this.order = order;
        this.loader = loader;
        this.size = chunks.size();
        this.steps = steps;
    }

    /**
     * The training images of a stage.
     *
     * @param random the stage's random numbers
     * @param views of an image
     * @param manager whose device computes
     */
    public static TrainingFeed of(
            StageData data, Schedule schedule, StageRandom random, List<ViewLoader.View> views, NDManager manager) {
        int channels = data.train().channels();
        int values = views.stream()
                .mapToInt(view -> channels * view.size() * view.size())
                .sum();
        return of(data, schedule, random, views, values, manager);
    }

    /**
     * The training images of a stage whose chunks are limited by something larger than the images.
     *
     * @param valuesPerImage most floats that an image takes on the device
     */
    public static TrainingFeed of(
            StageData data,
            Schedule schedule,
            StageRandom random,
            List<ViewLoader.View> views,
            int valuesPerImage,
            NDManager manager) {
        ImageDataset images = data.train();
        EpochOrder order = new EpochOrder(random, images.size(), schedule);
        int threads = ViewLoader.threads(images, manager.getDevice().isGpu());
        return new TrainingFeed(
                order,
                new ViewLoader(images, views, data.statistics(), random, threads),
                Chunks.of(order.batch(), schedule.microBatch(), valuesPerImage),
                schedule.totalSteps(images.size()));
    }

    /** Some images of a step; their pixels are valid until the next chunk is taken. */
    public static final class Chunk {
        private final long step;
        private final long epoch;
        private final int from;
        private final int[] samples;
        private final int ofStep;
        private final List<Batch> views;

        private Chunk(long step, long epoch, int from, int[] samples, int ofStep, List<Batch> views) {
            this.step = step;
            this.epoch = epoch;
            this.from = from;
            this.samples = samples;
            this.ofStep = ofStep;
            this.views = views;
        }

        /** The step, from 0. */
        public long step() {
            return step;
        }

        /** Its epoch, from 0. */
        public long epoch() {
            return epoch;
        }

        /** Place of the first of these images among those of the step. */
        public int from() {
            return from;
        }

        /** Their positions in the data set, N of them. */
        public int[] samples() {
            return samples.clone();
        }

        /** Share of these images in the step. */
        public double share() {
            return (double) samples.length / ofStep;
        }

        /** One batch of N images for each view. */
        public List<Batch> views() {
            return views;
        }

        /** The first view, the only one of most methods. */
        public Batch images() {
            return views.get(0);
        }
    }

    /** Which samples each step sees. */
    public EpochOrder order() {
        return order;
    }

    /** The chunks of a step, each loaded when it is taken; steps are asked for in ascending order. */
    public Iterable<Chunk> chunksOf(long step) {
        int[] samples = order.samplesOf(step);
        return () -> new Iterator<>() {
            private int from;

            @Override
            public boolean hasNext() {
                return from < samples.length;
            }

            @Override
            public Chunk next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("step " + step + " has no further chunk");
                }
                Chunk chunk = load(step, samples, from);
                from += size;
                return chunk;
            }
        };
    }

    private Chunk load(long step, int[] samples, int from) {
        int[] some = chunk(samples, from);
        long epoch = order.epochOf(step);
        List<Batch> views = loader.load(epoch, some);
        if (loader.looksAhead()) {
            prepareAfter(step, samples, from);
        }
        return new Chunk(step, epoch, from, some, samples.length, views);
    }

    private void prepareAfter(long step, int[] samples, int from) {
        if (from + size < samples.length) {
            loader.prepare(order.epochOf(step), chunk(samples, from + size));
        } else if (step + 1 < steps) {
            loader.prepare(order.epochOf(step + 1), chunk(order.samplesOf(step + 1), 0));
        }
    }

    private int[] chunk(int[] samples, int from) {
        return Arrays.copyOfRange(samples, from, Math.min(samples.length, from + size));
    }

    @Override
    public void close() {
        loader.close();
    }
}
