package io.maeharness.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskedAutoencoderTest {
    private static final ModelSettings MODEL = new ModelSettings(16, 4, 16, 2, 2, 12, 1, 1, 2);
    private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 0, 0);
    private static final PretrainRecipe RECIPE = new PretrainRecipe(
            new MaskRatio(0.75),
            new MaskSampling.Random(),
            false,
            new ReconstructionTarget.Pixel(),
            0.125,
            Augmentation.NONE,
            0.2,
            new Schedule(1, 0, 8, 8, 1e-3, 0, 0),
            ADAM);
    private static final int IMAGES = 8;
    private static final int CHANNELS = 3;
    private static final int MANY_STEPS = 10_000;
    private static final int PAGE = 4_096;
    private static final long ALLOWED_GROWTH = 24L << 20;
    private final PatchTarget target = new PatchTarget(new ReconstructionTarget.Pixel(), MODEL.patchValues(CHANNELS));
    private final StageRandom random = new StageRandom(11);
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theLossIgnoresVisiblePatchesOfTheTarget() {
        float[] images = pixels(IMAGES);
        long[] shuffle = shuffle();
        double[] losses = new double[2];
        try (Fixture fixture = new Fixture(Precision.FP32)) {
            // A removed patch is not seen by the encoder: changing it changes the loss through the target alone.
            losses[0] = fixture.loss(images, shuffle);
            float[] changed = images.clone();
            changed[pixelOf(shuffle[15])] += 10;
            losses[1] = fixture.loss(changed, shuffle);
            double patchShare = 1.0 / (IMAGES * 12) / MODEL.patchValues(CHANNELS);
            float[] prediction = fixture.prediction(images, shuffle, (int) shuffle[15]);
            double before = Math.pow(prediction[0] - images[pixelOf(shuffle[15])], 2);
            double after = Math.pow(prediction[0] - changed[pixelOf(shuffle[15])], 2);
            assertEquals((after - before) * patchShare, losses[1] - losses[0], 1e-4);
        }
    }

    @Test
    void theEncoderDoesNotSeeRemovedPatches() {
        float[] images = pixels(IMAGES);
        long[] shuffle = shuffle();
        try (Fixture fixture = new Fixture(Precision.FP32)) {
            float[] before = fixture.prediction(images, shuffle, 0);
            float[] changed = images.clone();
            changed[pixelOf(shuffle[15])] += 10;
            assertArrayEquals(before, fixture.prediction(changed, shuffle, 0));
            changed[pixelOf(shuffle[0])] += 10;
            assertNotEquals(before[0], fixture.prediction(changed, shuffle, 0)[0]);
        }
    }

    @Test
    void aTinyModelOverfitsOneBatch() {
        float[] images = pixels(IMAGES);
        long[] shuffle = shuffle();
        for (Precision precision : Precision.values()) {
            try (Fixture fixture = new Fixture(precision)) {
                double first = fixture.loss(images, shuffle);
                double last = first;
                for (int step = 1; step <= 400; step++) {
                    last = fixture.step(images, shuffle, step, 1e-2);
                }
                assertTrue(last < 0.5 * first, precision + ": " + first + " -> " + last);
            }
        }
    }

    @Test
    void garbageCollectionsDuringTheStepsChangeNothing() throws InterruptedException {
        float[] images = pixels(IMAGES);
        long[] shuffle = shuffle();
        double quiet = lossAfter(60, images, shuffle);
        Thread collector = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                System.gc();
            }
        });
        collector.start();
        double disturbed = lossAfter(60, images, shuffle);
        collector.interrupt();
        collector.join();
        assertEquals(quiet, disturbed);
    }

    @Test
    void memoryStaysFlatOverTenThousandSteps() throws IOException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/statm")), "resident memory is read from /proc/self/statm, not there");
        float[] images = pixels(2);
        long[] shuffle = java.util.Arrays.copyOf(shuffle(), 2 * MODEL.numPatches());
        long early = 0;
        try (Fixture fixture = new Fixture(Precision.FP32)) {
            for (int step = 1; step <= MANY_STEPS; step++) {
                fixture.step(images, shuffle, step, 1e-4);
                if (step % 250 == 0) {
                    System.gc(); // Buffers outside the heap wait for a collection, which an idle heap does not need.
                }
                early = step == MANY_STEPS / 4 ? residentBytes() : early;
            }
        }
        long growth = residentBytes() - early;
        assertTrue(growth < ALLOWED_GROWTH, "resident memory grew by " + (growth >> 20) + " MiB in 7,500 steps");
    }

    private static long residentBytes() throws IOException {
        System.gc();
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
        return Long.parseLong(pages[1]) * PAGE;
    }

    private double lossAfter(int steps, float[] images, long[] shuffle) {
        try (Fixture fixture = new Fixture(Precision.FP32)) {
            double loss = 0;
            for (int step = 1; step <= steps; step++) {
                loss = fixture.step(images, shuffle, step, 1e-2);
            }
            return loss;
        }
    }

    private float[] pixels(int images) {
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 0);
        float[] values = new float[images * CHANNELS * 16 * 16];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return values;
    }

    private long[] shuffle() {
        return MaskBatch.draw(
                        new MaskSampling.Random(),
                        MODEL.gridSize(),
                        new MaskRatio(0.75),
                        random,
                        0,
                        IntStream.range(0, IMAGES).toArray())
                .shuffle();
    }

    /** Index of the first pixel, first channel, of a patch of the first image. */
    private static int pixelOf(long patch) {
        return (int) (patch / 4 * 4 * 16 + patch % 4 * 4);
    }

    private final class Fixture implements AutoCloseable {
        private final MaskedAutoencoder mae;
        private final Weights weights;
        private final AdamW adam;

        Fixture(Precision precision) {
            mae = new MaskedAutoencoder(
                    manager, MODEL, RECIPE, target, precision, RECIPE.schedule().microBatch());
            weights = Weights.initialise(
                    manager, MaskedAutoencoder.layout(MODEL, RECIPE, CHANNELS, target), random, Purpose.INITIALISATION);
            adam = new AdamW(manager, ADAM, weights, ParameterGroups.pretraining(weights.specs(), 0));
        }

        double step(float[] images, long[] shuffle, int step, double rate) {
            double loss = accumulate(images, shuffle, adam.gradients());
            adam.step(step, rate);
            return loss;
        }

        double loss(float[] images, long[] shuffle) {
            return accumulate(images, shuffle, Weights.zeros(manager, weights.specs()));
        }

        private double accumulate(float[] images, long[] shuffle, Weights gradients) {
            try (NDManager scope = manager.newSubManager()) {
                return mae.accumulate(array(scope, images), mae.shuffle(scope, shuffle), 1, weights, gradients)
                        .getFloat(0);
            }
        }

        /** Predicted values of a patch of the first image. */
        float[] prediction(float[] images, long[] shuffle, int patch) {
            try (NDManager scope = manager.newSubManager()) {
                NDArray all = mae.reconstruct(array(scope, images), mae.shuffle(scope, shuffle), weights)
                        .get(0);
                return all.get(0).get(patch).toFloatArray();
            }
        }

        private NDArray array(NDManager scope, float[] images) {
            return scope.create(images, new Shape(images.length / (CHANNELS * 256), CHANNELS, 16, 16));
        }

        @Override
        public void close() {
            adam.close();
            mae.close();
        }
    }
}
