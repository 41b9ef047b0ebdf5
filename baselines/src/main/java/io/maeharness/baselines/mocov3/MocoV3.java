package io.maeharness.baselines.mocov3;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.train.EncoderMethod;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.StageContext;

/** Pre-training with MoCo v3. Source: arXiv 2104.02057; the row "MoCo v3" of table 3 and the curve of figure 9. */
public final class MocoV3 implements EncoderMethod<EncoderStage.MocoV3> {
    @Override
    public Class<EncoderStage.MocoV3> stage() {
        return EncoderStage.MocoV3.class;
    }

    @Override
    public Schedule schedule(EncoderStage.MocoV3 stage) {
        return stage.recipe().schedule();
    }

    @Override
    public EncoderTraining open(EncoderStage.MocoV3 stage, StageContext context) {
        return new MocoV3Training(stage, context);
    }
}
