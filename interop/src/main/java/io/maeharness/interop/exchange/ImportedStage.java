package io.maeharness.interop.exchange;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.Workload;
import java.util.List;
import java.util.Optional;

/**
 * A model that was trained elsewhere: there is nothing that it could be computed from.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param learnedPositions whether its positions were trained, as fine-tuning does, and are not the fixed table
 * @param decoder whether it has a decoder
 * @param recipe how its decoder is asked to reconstruct: mask ratio and target
 */
@StageKind(name = "imported", version = ImportedStage.VERSION)
public record ImportedStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        String digest,
        boolean learnedPositions,
        boolean decoder,
        PretrainRecipe recipe,
        long seed,
        Precision precision)
        implements EncoderStage {
    /** 1: as first defined. */
    public static final int VERSION = 1;

    @Override
    public EncoderForm form() {
        return learnedPositions ? EncoderForm.LEARNED_POSITIONS : EncoderForm.PLAIN;
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.empty();
    }

    @Override
    public Optional<PretrainRecipe> decoding() {
        return decoder ? Optional.of(recipe) : Optional.empty();
    }

    @Override
    public List<String> metrics() {
        return List.of();
    }

    @Override
    public Origin origin() {
        return Origin.IMPORTED;
    }

    @Override
    public Optional<String> source() {
        return Optional.of("an imported model (SHA-256 " + digest.substring(0, 8) + ")");
    }

    @Override
    public double macsOfImage(int channels) {
        return 0;
    }

    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        return List.of();
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.frozen(model, channels);
    }

    /**
     * Says how the weights come back.
     *
     * @throws HarnessException of kind CHECKPOINT, always
     */
    @Override
    public StageOutcome compute(StageContext context) {
        throw new HarnessException(
                HarnessException.Kind.CHECKPOINT,
                "the weights of the imported model are gone from " + context.directoryOf(this)
                        + "; run ./mae import again with the file whose SHA-256 is " + digest);
    }
}
