package io.maeharness.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.ablations.bench.WallClockStage;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComputeTest {
    private static final double GIB = 1L << 30;

    @Test
    void smallStagesGetAWorkerACore() {
        assertEquals(2, Compute.fitting(2, 0.8 * GIB, 24 * GIB));
    }

    @Test
    void largeStagesGetAsManyWorkersAsMemoryHolds() {
        assertEquals(1, Compute.fitting(2, 12 * GIB, 24 * GIB));
        assertEquals(3, Compute.fitting(16, 12 * GIB, 48 * GIB));
    }

    @Test
    void oneWorkerTriesEvenWhenTheEstimateSaysItDoesNotFit() {
        assertEquals(1, Compute.fitting(2, 100 * GIB, 24 * GIB));
    }

    /** ViT-H on 4,096 images at once needs terabytes. */
    @Test
    void aStageThatRunsAloneLowersNoNumberOfWorkers() {
        ModelSettings huge = new ModelSettings(224, 14, 1280, 32, 16, 512, 8, 16, 4);
        WallClockStage alone = new WallClockStage(
                1, huge, 1, new MaskRatio(0.75), true, 4096, 3, 20, DeviceKind.CPU, 0, Precision.FP32);
        PlannedStage stage = new PlannedStage(
                StageHash.of(alone), alone, Optional.empty(), List.of(), new ImageFacts(alone.data(), 1, 10, 1, 1));
        assertEquals(64, new Compute(List.of("cpu"), Precision.FP32, 64, false).workersFor(List.of(stage)));
    }

    @Test
    void aNumberThatWasAskedForIsKept() {
        assertEquals(5, new Compute(List.of("cpu"), Precision.FP32, 5, true).workersFor(List.of()));
    }
}
