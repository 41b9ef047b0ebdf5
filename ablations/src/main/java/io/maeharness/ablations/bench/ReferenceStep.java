package io.maeharness.ablations.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.masking.RandomSampling;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.MaskedAutoencoder;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Precision;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One optimisation step of the reference configuration with its images already in memory: forward, backward and AdamW.
 *
 * <p>32x32 images of 3 channels, patch 4, encoder 192-d x 6 x 3 heads, decoder 96-d x 2 x 3 heads, batch 256, mask ratio
 * 75 %, bf16.
 */
final class ReferenceStep implements AutoCloseable {
    static final int BATCH = 256;
    private static final int CHANNELS = 3;
    private static final int MICRO_BATCH = 128;
    private static final double RATE = 1e-4;
    private static final ModelSettings MODEL = new ModelSettings(32, 4, 192, 6, 3, 96, 2, 3, 4);
    private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 0.05, 0);
    private static final PretrainRecipe RECIPE = new PretrainRecipe(
            0.75,
            "random",
            false,
            "pixel",
            0.125,
            "none",
            0.2,
            new Schedule(1, 0, BATCH, MICRO_BATCH, RATE, 0, 0),
            ADAM);
    private static final PatchTarget TARGET = new PatchTarget.Pixels(MODEL.patchValues(CHANNELS));

    private final NDManager manager = Torch.open("cpu");
    private final MaskedAutoencoder mae = new MaskedAutoencoder(manager, MODEL, RECIPE, TARGET, Precision.BF16);
    private final Weights weights;
    private final AdamW adam;
    private final NDArray images;
    private final NDArray shuffle;
    private long steps;

    ReferenceStep() {
        StageRandom random = new StageRandom(1);
        weights = Weights.initialise(
                manager, MaskedAutoencoder.layout(MODEL, RECIPE, CHANNELS, TARGET), random, Purpose.INITIALISATION);
        adam = new AdamW(manager, ADAM, weights, ParameterGroups.pretraining(weights.specs(), ADAM.weightDecay()));
        images = manager.create(noise(random), new Shape(BATCH, CHANNELS, MODEL.imageSize(), MODEL.imageSize()));
        shuffle = mae.shuffle(
                manager,
                MaskBatch.draw(
                                new RandomSampling(),
                                MODEL.gridSize(),
                                RECIPE.maskRatio(),
                                random,
                                0,
                                IntStream.range(0, BATCH).toArray())
                        .shuffle());
    }

    private static float[] noise(StageRandom random) {
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 0);
        float[] values = new float[BATCH * CHANNELS * MODEL.imageSize() * MODEL.imageSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return values;
    }

    /** Floating-point operations of a step: 6 x multiply-accumulates, class token and attention included. */
    static double flops() {
        return Flops.TRAINING_FLOPS_PER_MAC * Flops.pretrainMacs(MODEL, RECIPE, CHANNELS, TARGET.outputs()) * BATCH;
    }

    /** Does one step and returns its loss. */
    double run() {
        steps++;
        double loss;
        try (NDManager scope = manager.newSubManager()) {
            images.tempAttach(scope); // What the step returns belongs to the manager of its images.
            loss = mae.accumulate(images, shuffle, 1, weights, adam.gradients());
        }
        adam.step(steps, RATE);
        return loss;
    }

    @Override
    public void close() {
        adam.close();
        mae.close();
        manager.close();
    }
}
