package io.maeharness.cli;

import io.maeharness.ablations.bench.FittingBatch;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.WallClock;

/** Memory a worker needs for a stage, roughly; a stage that measures time needs it in the process that it starts. */
final class MemoryEstimate {
    private MemoryEstimate() {}

    /** Bytes. */
    static double bytes(Stage stage, int channels) {
        if (stage instanceof Stage.Pretrain pretrain) {
            return TrainingMemory.pretraining(
                    stage.model(), pretrain.recipe(), channels, stage.precision(), TrainingMemory.TRAINED_WEIGHT);
        }
        if (stage instanceof Stage.Finetune finetune) {
            return TrainingMemory.finetuning(
                    stage.model(), channels, finetune.recipe().schedule().microBatch(), stage.precision());
        }
        if (stage instanceof EncoderStage encoder) {
            int images = encoder.schedule().map(Schedule::microBatch).orElse(0);
            return TrainingMemory.twoEncoders(stage.model(), channels, images, stage.precision());
        }
        if (stage instanceof WallClock timed) {
            return FittingBatch.bytes(timed, timed.batch() == 0 ? FittingBatch.most(timed) : timed.batch());
        }
        return TrainingMemory.frozen(stage.model(), channels);
    }
}
