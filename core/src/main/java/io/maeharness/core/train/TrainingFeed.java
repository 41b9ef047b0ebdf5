package io.maeharness.core.train;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import java.util.ArrayList;
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
    private final List<AheadDraws<?>> draws = new ArrayList<>();
    private int firstShard;
    private int ownShards = 1;
    private int shards = 1;

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
     * @param device that computes
     */
    public static TrainingFeed of(
            StageData data, Schedule schedule, StageRandom random, List<ViewLoader.View> views, TrainingDevice device) {
        int channels = data.train().channels();
        int values = views.stream()
                .mapToInt(view -> channels * view.size() * view.size())
                .sum();
        return of(data, schedule, random, views, values, device);
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
            TrainingDevice device) {
        ImageDataset images = data.train();
        EpochOrder order = new EpochOrder(random, images.size(), schedule);
        int threads = ViewLoader.threads(images, device.isGpu(), device.members());
        return new TrainingFeed(
                order,
                new ViewLoader(images, views, data.statistics(), random, threads, device.feedMemory()),
                Chunks.of(order.batch(), valuesPerImage),
                schedule.totalSteps(images.size()));
    }

    /** Some images of a step; their pixels are valid until the next chunk is taken. */
    public static final class Chunk {
        private final long step;
        private final long epoch;
        private final int shard;
        private final int from;
        private final int[] samples;
        private final int ofStep;
        private final List<Batch> views;

        private Chunk(long step, long epoch, Cut cut, int[] samples, int ofStep, List<Batch> views) {
            this.step = step;
            this.epoch = epoch;
            this.shard = cut.shard();
            this.from = cut.from();
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

        /** Shard of the step that they belong to, from 0. */
        int shard() {
            return shard;
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

    /**
     * Has more be drawn for each chunk, ahead of it where images are loaded ahead.
     *
     * @param draw a function of its arguments alone, called by any thread
     */
    public <T> AheadDraws<T> drawing(AheadDraws.Draw<T> draw) {
        AheadDraws<T> drawn = new AheadDraws<>(draw);
        draws.add(drawn);
        return drawn;
    }

    /** Images of a step from one place up to another, all of one shard. */
    private record Cut(int shard, int from, int to) {}

    /**
     * Restricts the feed to some shards of each step, before the first.
     *
     * @param first of them, from 0
     * @param count how many
     * @param of shards of a step
     */
    void take(int first, int count, int of) {
        if (order.batch() < of) {
            throw new HarnessException(
                    HarnessException.Kind.CONFIG,
                    "a step of " + order.batch() + " images cannot be cut into " + of
                            + " shards; choose a smaller schedule.shards");
        }
        firstShard = first;
        ownShards = count;
        shards = of;
    }

    /** How a step of so many images is cut. */
    private List<Cut> cuts(int images) {
        List<Cut> cuts = new ArrayList<>();
        for (int shard = firstShard; shard < firstShard + ownShards; shard++) {
            int end = (int) ((long) images * (shard + 1) / shards);
            for (int from = (int) ((long) images * shard / shards); from < end; from += size) {
                cuts.add(new Cut(shard, from, Math.min(end, from + size)));
            }
        }
        return cuts;
    }

    /** The chunks of a step, each loaded when it is taken; steps are asked for in ascending order. */
    public Iterable<Chunk> chunksOf(long step) {
        int[] samples = order.samplesOf(step);
        List<Cut> cuts = cuts(samples.length);
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < cuts.size();
            }

            @Override
            public Chunk next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("step " + step + " has no further chunk");
                }
                return load(step, samples, cuts, next++);
            }
        };
    }

    private Chunk load(long step, int[] samples, List<Cut> cuts, int place) {
        int[] some = chunk(samples, cuts.get(place));
        long epoch = order.epochOf(step);
        List<Batch> views = loader.load(epoch, some);
        draws.forEach(AheadDraws::take);
        if (loader.looksAhead()) {
            prepareAfter(step, samples, cuts, place);
        }
        return new Chunk(step, epoch, cuts.get(place), some, samples.length, views);
    }

    private void prepareAfter(long step, int[] samples, List<Cut> cuts, int place) {
        if (place + 1 < cuts.size()) {
            prepare(order.epochOf(step), chunk(samples, cuts.get(place + 1)));
        } else if (step + 1 < steps) {
            int[] following = order.samplesOf(step + 1);
            prepare(
                    order.epochOf(step + 1),
                    chunk(following, cuts(following.length).get(0)));
        }
    }

    /** What is drawn beside the views comes first: it takes one thread a moment. */
    private void prepare(long epoch, int[] samples) {
        draws.forEach(one -> one.prepare(epoch, samples, loader));
        loader.prepare(epoch, samples);
    }

    private static int[] chunk(int[] samples, Cut cut) {
        return Arrays.copyOfRange(samples, cut.from(), cut.to());
    }

    @Override
    public void close() {
        loader.close();
    }
}
