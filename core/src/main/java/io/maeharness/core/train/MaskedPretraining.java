package io.maeharness.core.train;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.Stage;

/** The paper's method as a kind of stage. */
final class MaskedPretraining implements EncoderMethod<Stage.Pretrain> {
    @Override
    public Class<Stage.Pretrain> stage() {
        return Stage.Pretrain.class;
    }

    @Override
    public Schedule schedule(Stage.Pretrain stage) {
        return stage.recipe().schedule();
    }

    @Override
    public EncoderTraining open(Stage.Pretrain stage, StageContext context) {
        return new Pretraining(
                stage,
                context.data(),
                Targets.of(stage, context.data(), context.manager()),
                stage.tokenizer().map(context::tokens),
                context.manager());
    }
}
