package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageInterruptedException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Runs all images of a data set through a function of the engine, in their order, batch by batch. */
public final class Evaluation {
    private static final int BATCH = 64;
    private static final int PIXELS = 1 << 22;

    private final NDManager manager;
    private final int size;
    private final int batch;
    private final BooleanSupplier stopRequested;

    /**
     * Prepares evaluation.
     *
     * @param size side of the input, pixels
     * @param batch images at once
     * @param stopRequested asked between batches
     */
    public Evaluation(NDManager manager, int size, int batch, BooleanSupplier stopRequested) {
        this.manager = manager;
        this.size = size;
        this.batch = Math.max(1, batch);
        this.stopRequested = stopRequested;
    }

    /** In batches that fit, at the input size of the stage's model. */
    public static Evaluation of(StageContext context, Stage stage) {
        int size = stage.model().imageSize();
        return new Evaluation(
                context.manager(),
                size,
                imagesAtOnce(size),
                context.environment().stopRequested());
    }

    /**
     * Images of a batch that fits.
     *
     * @param size side of the input, pixels
     */
    public static int imagesAtOnce(int size) {
        return Math.max(8, Math.min(BATCH, PIXELS / (size * size * 4)));
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
     * @throws StageInterruptedException when a stop was requested
     */
    public void run(
            ImageDataset dataset,
            SampleTransform transform,
            PixelStatistics statistics,
            StageRandom random,
            long epoch,
            UnaryOperator<NDArray> function,
            Sink sink) {
        int[] all = IntStream.range(0, dataset.size()).toArray();
        run(dataset, all, transform, statistics, random, epoch, function, sink);
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
            UnaryOperator<NDArray> function,
            Sink sink) {
        DeviceBuffer images = new DeviceBuffer(manager);
        int threads = ViewLoader.threads(dataset, manager.getDevice().isGpu());
        try (BatchLoader loader = new BatchLoader(dataset, transform, statistics, size, random, threads)) {
            for (int from = 0; from < samples.length; from += batch) {
                if (stopRequested.getAsBoolean()) {
                    throw new StageInterruptedException(0); // What was evaluated is evaluated again on resume.
                }
                int to = Math.min(samples.length, from + batch);
                Batch loaded = loader.load(epoch, Arrays.copyOfRange(samples, from, to));
                if (to < samples.length) {
                    loader.prepare(epoch, Arrays.copyOfRange(samples, to, Math.min(samples.length, to + batch)));
                }
                try (NDManager scope = manager.newSubManager()) {
                    Shape shape = new Shape(to - from, dataset.channels(), size, size);
                    float[] outputs = function.apply(images.put(scope, loaded.images(), 0, shape))
                            .toFloatArray();
                    sink.accept(outputs, loaded.labels(), to - from);
                }
            }
        }
    }
}
