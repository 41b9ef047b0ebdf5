package io.maeharness.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.device.DeviceKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
    /** ViT-L/16 at 224 pixels has 197 tokens, ViT-H/14 257, ViT-L/16 at 448 785. */
    @ParameterizedTest
    @CsvSource({
        "GPU,65,FUSED",
        "GPU,197,FUSED",
        "GPU,257,PRODUCTS",
        "GPU,785,PRODUCTS",
        "CPU,65,PRODUCTS",
        "CPU,257,PRODUCTS"
    })
    void aGpuFusesWhatGivesTheSameBitsEveryTime(DeviceKind device, int tokens, Attention taken) {
        assertEquals(taken, Attention.of(device, tokens));
    }
}
