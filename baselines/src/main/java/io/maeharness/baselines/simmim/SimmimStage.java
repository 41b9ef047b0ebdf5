package io.maeharness.baselines.simmim;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.Workload;
import io.maeharness.core.train.EncoderTraining;
import java.util.List;
import java.util.Optional;

/** Prediction of the raw pixels of masked patches. Source: Xie et al., arXiv 2111.09886. */
@StageKind(name = "simmim", version = SimmimStage.VERSION)
public record SimmimStage(
        int version, DataIdentity data, ModelSettings model, SimmimRecipe recipe, long seed, Precision precision)
        implements EncoderStage {
    /** 1: as first defined. */
    static final int VERSION = 1;

    /** Checks that the units fit the model. */
    public SimmimStage {
        recipe.checkFor(model);
    }

    /** The method with the recipe of a case. */
    public static SimmimStage of(StageInputs inputs) {
        return new SimmimStage(
                VERSION,
                inputs.trainingImages(),
                inputs.encoderOnly(),
                inputs.settings().recipe(SimmimRecipe.class),
                inputs.seed(),
                inputs.precision());
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(recipe.schedule());
    }

    @Override
    public EncoderForm form() {
        return EncoderForm.RELATIVE_POSITIONS;
    }

    /** All patches through the encoder, the masked ones through the linear layer. */
    @Override
    public double macsOfImage(int channels) {
        double masked = new UnitMasks(model, recipe).patches();
        return Flops.TRAINED
                * (Flops.classifierMacs(model, channels, 0)
                        + masked * model.encoderDim() * model.patchValues(channels));
    }

    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        return List.of(TransformerWork.training(precision, List.of(BlockStack.encoder(model)), List.of())
                .training(
                        recipe.schedule(),
                        images,
                        microBatch,
                        macsOfImage(images.channels()),
                        Workload.Host.views(images.seen(recipe.schedule()), model.pixels())));
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.finetuning(model, channels, microBatch, precision)
                + TrainingMemory.sums(model, channels, recipe.schedule());
    }

    @Override
    public StageOutcome compute(StageContext context) {
        return EncoderTraining.run(
                this, recipe.schedule(), context, device -> new SimmimTraining(this, context.data(), device));
    }
}
