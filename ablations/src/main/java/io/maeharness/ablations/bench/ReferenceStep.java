package io.maeharness.ablations.bench;

import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.Flops;
import io.maeharness.core.stage.Precision;

/**
 * One optimisation step of the reference configuration: forward, backward and AdamW.
 *
 * <p>32x32 images of 3 channels, patch 4, encoder 192-d x 6 x 3 heads, decoder 96-d x 2 x 3 heads, batch 256, mask ratio
 * 75 %, bf16.
 */
final class ReferenceStep {
    static final int BATCH = 256;
    private static final int CHANNELS = 3;
    private static final int MICRO_BATCH = 128;
    private static final ModelSettings MODEL = new ModelSettings(32, 4, 192, 6, 3, 96, 2, 3, 4);
    private static final PretrainRecipe RECIPE = new PretrainRecipe(
            0.75,
            "random",
            false,
            "pixel",
            0.125,
            "none",
            0.2,
            new Schedule(1, 0, BATCH, MICRO_BATCH, 1e-4, 0, 0),
            new AdamSettings(0.9, 0.95, 0.05, 0));

    private ReferenceStep() {}

    static TrainingStep open() {
        return new TrainingStep(new TrainingStep.Work(MODEL, RECIPE, CHANNELS, true, Precision.BF16, "cpu", 1));
    }

    /** Floating-point operations of a step: 6 x multiply-accumulates, class token and attention included. */
    static double flops() {
        return Flops.TRAINING_FLOPS_PER_MAC
                * Flops.pretrainMacs(MODEL, RECIPE, CHANNELS, MODEL.patchValues(CHANNELS))
                * BATCH;
    }
}
