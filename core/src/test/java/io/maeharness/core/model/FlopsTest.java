package io.maeharness.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import org.junit.jupiter.api.Test;

class FlopsTest {
    private static final ModelSettings VIT_L = new ModelSettings(224, 16, 1024, 24, 16, 512, 8, 16, 4);

    @Test
    void theEncoderWithMaskTokensCosts3Point24TimesTheDefaultWithTheClassToken() {
        assertEquals(3.24, macs(VIT_L, true, 1) / macs(VIT_L, false, 1), 0.005);
    }

    @Test
    void andThreePoint28TimesWithoutTheClassToken() {
        assertEquals(3.28, macs(VIT_L, true, 0) / macs(VIT_L, false, 0), 0.005);
    }

    @Test
    void theReferenceConfigurationCosts375MillionOperationsAnImage() {
        ModelSettings reference = new ModelSettings(32, 4, 192, 6, 3, 96, 2, 3, 4);
        double flops = Flops.TRAINING_FLOPS_PER_MAC * Flops.pretrainMacs(reference, recipe(false), 3, 48);
        assertEquals(375e6, flops, 5e6);
    }

    private static double macs(ModelSettings model, boolean maskTokens, int classTokens) {
        return Flops.pretrainMacs(model, recipe(maskTokens), 3, 768, classTokens);
    }

    private static PretrainRecipe recipe(boolean maskTokens) {
        return new PretrainRecipe(
                new MaskRatio(0.75),
                new MaskSampling.Random(),
                maskTokens,
                new ReconstructionTarget.Pixel(),
                0.125,
                Augmentation.NONE,
                0.2,
                new Schedule(1, 0, 8, 8, 1e-3, 0, 0),
                new AdamSettings(0.9, 0.95, 0.05, 0));
    }
}
