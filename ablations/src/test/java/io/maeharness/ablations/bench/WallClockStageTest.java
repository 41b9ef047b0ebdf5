package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.bench.WallClockStage.Variant;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageHash;
import org.junit.jupiter.api.Test;

class WallClockStageTest {
    private static final ModelSettings VIT_L = new ModelSettings(224, 16, 1024, 24, 16, 512, 8, 16, 4);

    private static WallClockStage on(DeviceKind device) {
        return new WallClockStage(1, VIT_L, 1, new MaskRatio(0.75), false, 0, 3, 20, device, 0, Precision.BF16);
    }

    @Test
    void itsJsonFormIsReadBack() {
        assertEquals(on(DeviceKind.CPU), StageHash.fromJson(StageHash.toJson(on(DeviceKind.CPU))));
        assertFalse(StageHash.toJson(on(DeviceKind.CPU)).contains("data"), "it has no images");
    }

    @Test
    void anotherDeviceIsAnotherStage() {
        assertNotEquals(StageHash.of(on(DeviceKind.CPU)), StageHash.of(on(DeviceKind.GPU)));
    }

    @Test
    void itRunsAlone() {
        assertTrue(on(DeviceKind.CPU).exclusive());
    }

    @Test
    void variantsDifferInMaskTokensAndDecoderDepthOnly() {
        WallClockStage stage = on(DeviceKind.CPU);
        assertTrue(stage.recipe(Variant.MASK_TOKENS, 4).encoderMaskTokens());
        assertFalse(stage.recipe(Variant.DEEP, 4).encoderMaskTokens());
        assertEquals(stage.recipe(Variant.DEEP, 4), stage.recipe(Variant.SHALLOW, 4));
        assertEquals(VIT_L, stage.model(Variant.DEEP));
        assertEquals(VIT_L.withDecoderDepth(1), stage.model(Variant.SHALLOW));
    }

    /** Table 1c prints 3.3 for the first; the second follows from the same counting. */
    @Test
    void workFallsByMoreThanThePapersTime() {
        double masked = on(DeviceKind.CPU).macsOfImage(Variant.MASK_TOKENS);
        assertEquals(3.24, masked / on(DeviceKind.CPU).macsOfImage(Variant.DEEP), 0.005);
        assertEquals(4.17, masked / on(DeviceKind.CPU).macsOfImage(Variant.SHALLOW), 0.01);
    }
}
