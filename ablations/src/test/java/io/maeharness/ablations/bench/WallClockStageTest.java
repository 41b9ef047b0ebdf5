package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.bench.WallClockStage.Variant;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageHash;
import org.junit.jupiter.api.Test;

class WallClockStageTest {
    private static final ModelSettings VIT_L = new ModelSettings(224, 16, 1024, 24, 16, 512, 8, 16, 4);

    private static WallClockStage on(String device) {
        return new WallClockStage(1, VIT_L, 1, 0.75, false, 0, 3, 20, device, 0, Precision.BF16);
    }

    @Test
    void itsJsonFormIsReadBack() {
        assertEquals(on("cpu"), StageHash.fromJson(StageHash.toJson(on("cpu"))));
        assertFalse(StageHash.toJson(on("cpu")).contains("data"), "it has no images");
    }

    @Test
    void anotherDeviceIsAnotherStage() {
        assertNotEquals(StageHash.of(on("cpu")), StageHash.of(on("gpu")));
        assertThrows(IllegalArgumentException.class, () -> on("gpu:0"));
    }

    @Test
    void itRunsAlone() {
        assertTrue(on("cpu").exclusive());
    }

    @Test
    void variantsDifferInMaskTokensAndDecoderDepthOnly() {
        WallClockStage stage = on("cpu");
        assertTrue(stage.recipe(Variant.MASK_TOKENS, 4).encoderMaskTokens());
        assertFalse(stage.recipe(Variant.DEEP, 4).encoderMaskTokens());
        assertEquals(stage.recipe(Variant.DEEP, 4), stage.recipe(Variant.SHALLOW, 4));
        assertEquals(VIT_L, stage.model(Variant.DEEP));
        assertEquals(VIT_L.withDecoderDepth(1), stage.model(Variant.SHALLOW));
    }

    /** Table 1c prints 3.3 for the first; the second follows from the same counting. */
    @Test
    void workFallsByMoreThanThePapersTime() {
        double masked = on("cpu").macsOfImage(Variant.MASK_TOKENS);
        assertEquals(3.24, masked / on("cpu").macsOfImage(Variant.DEEP), 0.005);
        assertEquals(4.17, masked / on("cpu").macsOfImage(Variant.SHALLOW), 0.01);
    }
}
