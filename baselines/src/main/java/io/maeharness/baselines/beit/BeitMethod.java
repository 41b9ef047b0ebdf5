package io.maeharness.baselines.beit;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.train.EncoderMethod;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.StageContext;

/** BEiT as a kind of stage. */
public final class BeitMethod implements EncoderMethod<EncoderStage.Beit> {
    @Override
    public Class<EncoderStage.Beit> stage() {
        return EncoderStage.Beit.class;
    }

    @Override
    public Schedule schedule(EncoderStage.Beit stage) {
        return stage.recipe().schedule();
    }

    @Override
    public EncoderTraining open(EncoderStage.Beit stage, StageContext context) {
        if (stage.tokenizer().wordsPerPatch() != 1) {
            throw new HarnessException(
                    HarnessException.Kind.CONFIG,
                    "BEiT predicts one word a patch, the tokenizer gives "
                            + stage.tokenizer().wordsPerPatch() + "; set tokenizer.wordsPerSide=1");
        }
        return new BeitTraining(stage, context, context.tokens(stage.tokenizer()));
    }
}
