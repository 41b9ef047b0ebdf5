package io.maeharness.baselines.dino;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.train.EncoderMethod;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.StageContext;

/** Self-distillation without labels as a kind of stage. Source: Caron et al., arXiv 2104.14294; table 3's row. */
public final class Dino implements EncoderMethod<EncoderStage.Dino> {
    @Override
    public Class<EncoderStage.Dino> stage() {
        return EncoderStage.Dino.class;
    }

    @Override
    public Schedule schedule(EncoderStage.Dino stage) {
        return stage.recipe().schedule();
    }

    @Override
    public EncoderTraining open(EncoderStage.Dino stage, StageContext context) {
        return new DinoTraining(stage, context.data(), context.manager());
    }
}
