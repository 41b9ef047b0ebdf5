package io.maeharness.baselines.exchange;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.train.StageContext;
import io.maeharness.core.train.StageMethod;
import io.maeharness.core.train.StageResult;

/** Imported models as a kind of stage: there is nothing that they could be computed from. */
public final class ImportedEncoders implements StageMethod<EncoderStage.Imported> {
    @Override
    public Class<EncoderStage.Imported> stage() {
        return EncoderStage.Imported.class;
    }

    /**
     * Says how the weights come back.
     *
     * @throws HarnessException of kind CHECKPOINT, always
     */
    @Override
    public StageResult compute(EncoderStage.Imported stage, StageContext context) {
        throw new HarnessException(
                HarnessException.Kind.CHECKPOINT,
                "the weights of the imported model are gone from " + context.directoryOf(stage)
                        + "; run ./mae import again with the file whose SHA-256 is " + stage.digest());
    }
}
