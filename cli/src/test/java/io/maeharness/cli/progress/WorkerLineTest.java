package io.maeharness.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.bench.WallClockStage;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.WorkerMessage;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerLineTest {
    private static final WallClockStage TIMED = new WallClockStage(
            1,
            new ModelSettings(32, 4, 32, 2, 2, 16, 4, 1, 2),
            1,
            new MaskRatio(0.75),
            false,
            4,
            3,
            1,
            DeviceKind.CPU,
            0,
            Precision.FP32);
    private static final PlannedStage STAGE = new PlannedStage(
            StageHash.of(TIMED),
            TIMED,
            Optional.empty(),
            List.of("table2/own-depth-8", "table2/own-depth-1"),
            new ImageFacts(TIMED.data(), 1, 10, 1, 1));

    private final WorkerLine line = WorkerLine.taken(STAGE);

    @Test
    void aStageThatGoesOnSaysFromWhere() {
        assertTrue(line.started(new WorkerMessage.Started(4, 9)).text(0).endsWith("going on from step 4"));
    }

    @Test
    void aStageWithoutLossesKeepsSayingWhatItDoesWhileItGetsFurther() {
        WorkerLine timing = line.started(new WorkerMessage.Started(0, 9)).inPhase("timing deep, block 1 of 3");
        assertEquals(
                "worker 1  wall-clock table2/own-depth-8 +1  timing deep, block 1 of 3",
                timing.started(new WorkerMessage.Started(1, 9)).text(0));
    }
}
