package io.maeharness.core.train;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
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

/** A kind of stage that no list names: an encoder from elsewhere, with learned positions. */
@StageKind(name = "learned", version = 1)
public record LearnedStage(int version, DataIdentity data, ModelSettings model, long seed, Precision precision)
        implements EncoderStage {
    @Override
    public EncoderForm form() {
        return EncoderForm.LEARNED_POSITIONS;
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.empty();
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
        return 0;
    }

    @Override
    public StageOutcome compute(StageContext context) {
        throw new IllegalStateException("its weights are laid down");
    }
}
