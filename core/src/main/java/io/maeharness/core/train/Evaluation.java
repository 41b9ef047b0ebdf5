package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageInterruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Runs all images of a data set through a function of the engine, in their order, batch by batch. */
public final class Evaluation {
    private static final int BATCH = 64;
    private static final int PIXELS = 1 << 22;

    /** Images that a GPU takes at once: it starts as many kernels for fewer. */
    private static final int BATCH_ON_GPU = 256;

    private final List<NDManager> devices;
    private final int size;
    private final int batch;
    private final BooleanSupplier stopRequested;
    private final boolean fed;

    /**
     * Prepares evaluation.
     *
     * @param size side of the input, pixels
     * @param batch images at once
     * @param stopRequested asked between batches
     */
    public Evaluation(NDManager manager, int size, int batch, BooleanSupplier stopRequested) {
        this(List.of(manager), size, batch, stopRequested, Torch.asGpu(manager));
    }

    /**
     * Prepares evaluation on several devices.
     *
     * @param fed whether images come to them from {@link FeedMemory}, as they do to GPUs
     */
    Evaluation(List<NDManager> devices, int size, int batch, BooleanSupplier stopRequested, boolean fed) {
        this.devices = List.copyOf(devices);
        this.size = size;
        this.batch = Math.max(1, batch);
        this.stopRequested = stopRequested;
        this.fed = fed;
    }

    /** On all devices of the stage, in batches that fit, at the input size of its model. */
    public static Evaluation of(StageContext context, Stage stage) {
        int size = stage.model().imageSize();
        List<NDManager> devices = context.managers(Integer.MAX_VALUE);
        boolean gpu = Torch.asGpu(devices.get(0));
        return new Evaluation(
                devices, size, imagesAtOnce(size, gpu), context.environment().stopRequested(), gpu);
    }

    /**
     * Images of a batch that fits.
     *
     * @param size side of the input, pixels
     * @param gpu whether a GPU computes
     */
    public static int imagesAtOnce(int size, boolean gpu) {
        return gpu ? BATCH_ON_GPU : Math.max(8, Math.min(BATCH, PIXELS / (size * size * 4)));
    }

    /** The devices, for as many functions as there are. */
    public List<NDManager> devices() {
        return devices;
    }

    /** Receives the outputs of one batch. */
    public interface Sink {
        /**
         * Takes a batch.
         *
         * @param outputs [count, width] in row-major order
         * @param labels the first {@code count} are valid
         */
        void accept(float[] outputs, int[] labels, int count);
    }

    /**
     * Runs the whole data set.
     *
     * @param transform how a picture becomes an input
     * @param epoch part of the draws of a random transform
     * @param functions of inputs [count, C, S, S]: one for each of the first devices, which take batches in turn
     * @throws StageInterruptedException when a stop was requested
     */
    public void run(
            ImageDataset dataset,
            SampleTransform transform,
            PixelStatistics statistics,
            StageRandom random,
            long epoch,
            List<UnaryOperator<NDArray>> functions,
            Sink sink) {
        int[] all = IntStream.range(0, dataset.size()).toArray();
        run(dataset, all, transform, statistics, random, epoch, functions, sink);
    }

    /**
     * Runs some of the images.
     *
     * @param samples their positions in the data set
     */
    public void run(
            ImageDataset dataset,
            int[] samples,
            SampleTransform transform,
            PixelStatistics statistics,
            StageRandom random,
            long epoch,
            List<UnaryOperator<NDArray>> functions,
            Sink sink) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < functions.size(); i++) {
            turns.add(new Turn(devices.get(i), functions.get(i)));
        }
        int threads = ViewLoader.threads(dataset, devices.get(0).getDevice().isGpu());
        Optional<FeedMemory> memory = fed ? Optional.of(new FeedMemory(devices.get(0))) : Optional.empty();
        try (BatchLoader loader = new BatchLoader(dataset, transform, statistics, size, random, threads, memory);
                DeviceThreads pool = new DeviceThreads(turns.size())) {
            int loaded = 0;
            for (int from = 0; from < samples.length; from += batch) {
                if (stopRequested.getAsBoolean()) {
                    throw new StageInterruptedException(0); // What was evaluated is evaluated again on resume.
                }
                turns.get(loaded++).take(loader.load(epoch, some(samples, from)), dataset.channels());
                boolean last = from + batch >= samples.length;
                if (!last) {
                    loader.prepare(epoch, some(samples, from + batch));
                }
                if (loaded == turns.size() || last) {
                    compute(turns.subList(0, loaded), pool);
                    turns.subList(0, loaded).forEach(turn -> turn.give(sink));
                    loaded = 0;
                }
            }
        } finally {
            turns.forEach(Turn::close);
        }
    }

    private static void compute(List<Turn> turns, DeviceThreads pool) {
        if (turns.size() == 1) {
            turns.get(0).compute();
        } else {
            pool.onFirst(turns.size(), i -> turns.get(i).compute());
        }
    }

    /** The samples of the batch that begins here. */
    private int[] some(int[] samples, int from) {
        return Arrays.copyOfRange(samples, from, Math.min(samples.length, from + batch));
    }

    /** One batch on one device. */
    private final class Turn implements AutoCloseable {
        private final NDManager manager;
        private final UnaryOperator<NDArray> function;
        private final DeviceBuffer buffer;
        private NDManager scope;
        private NDArray images;
        private int[] labels = new int[0];
        private float[] outputs = new float[0];
        private int count;

        Turn(NDManager manager, UnaryOperator<NDArray> function) {
            this.manager = manager.newSubManager(); // What the buffer holds on a device goes with it.
            this.function = function;
            buffer = new DeviceBuffer(this.manager);
            scope = this.manager.newSubManager();
        }

        /** Copies a batch to the device: it is valid until the next one is loaded. */
        void take(Batch loaded, int channels) {
            scope.close();
            scope = manager.newSubManager();
            count = loaded.count();
            labels = Arrays.copyOf(loaded.labels(), count);
            images = buffer.put(scope, loaded, new Shape(count, channels, size, size));
        }

        void compute() {
            outputs = HostCopy.floats(function.apply(images));
        }

        void give(Sink sink) {
            sink.accept(outputs, labels, count);
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
