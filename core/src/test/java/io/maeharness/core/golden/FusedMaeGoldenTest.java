package io.maeharness.core.golden;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same with the attention that GPUs take. */
class FusedMaeGoldenTest extends MaeGoldenTest {
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
