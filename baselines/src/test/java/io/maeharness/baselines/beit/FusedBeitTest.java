package io.maeharness.baselines.beit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same with the attention that GPUs take, its bias included. */
class FusedBeitTest extends BeitTest {
    private static final String ATTENTION = "mae.attention";

    @BeforeAll
    static void fuse() {
        System.setProperty(ATTENTION, "fused");
    }

    @AfterAll
    static void restore() {
        System.clearProperty(ATTENTION);
    }
}
