package io.maeharness.baselines.mocov3;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.stage.DataIdentity;
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

/** Contrastive learning with a momentum encoder. Source: Chen, Xie and He, arXiv 2104.02057. */
@StageKind(name = "moco-v3", version = MocoV3Stage.VERSION)
public record MocoV3Stage(
        int version, DataIdentity data, ModelSettings model, MocoV3Recipe recipe, long seed, Precision precision)
        implements EncoderStage {
    /** 2: first weights are drawn by name, flips before crops; whole splits without padding. */
    static final int VERSION = 2;

    private static final int VIEWS = 2;

    /** The method with the recipe of a case. */
    public static MocoV3Stage of(StageInputs inputs) {
        return new MocoV3Stage(
                VERSION,
                inputs.trainingImages(),
                inputs.encoderOnly(),
                inputs.settings().recipe(MocoV3Recipe.class),
                inputs.seed(),
                inputs.precision());
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(recipe.schedule());
    }

    /** Both views through encoder, projector and predictor, and through the momentum encoder and its projector. */
    @Override
    public double macsOfImage(int channels) {
        double hidden = recipe.headHidden();
        double output = recipe.headOutput();
        double key = Flops.classifierMacs(model, channels, 0)
                + model.encoderDim() * hidden
                + hidden * hidden
                + hidden * output;
        double predictor = VIEWS * output * hidden;
        return VIEWS * (Flops.TRAINED * (key + predictor) + key);
    }

    /**
     * BatchNorm and negatives couple the images of a step: where it has several micro-batches, the query's encoder runs a
     * second time for the gradients.
     */
    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        BlockStack encoder = BlockStack.encoder(model).views(VIEWS, VIEWS);
        boolean again = recipe.schedule().imagesPerStep(images.trainImages()) > microBatch;
        double repeated = again ? VIEWS * Flops.classifierMacs(model, images.channels(), 0) : 0;
        return List.of(TransformerWork.training(
                        precision, List.of(encoder), again ? List.of(encoder, encoder) : List.of(encoder))
                .training(
                        recipe.schedule(),
                        images,
                        microBatch,
                        macsOfImage(images.channels()) + repeated,
                        Workload.Host.views(images.seen(recipe.schedule()), VIEWS * model.pixels())));
    }

    @Override
    public double bytes(int channels, int microBatch) {
        int views = VIEWS * microBatch;
        return TrainingMemory.finetuning(model, channels, views, precision)
                + TrainingMemory.follower(model, channels)
                + TrainingMemory.sums(model, channels, recipe.schedule());
    }

    @Override
    public StageOutcome compute(StageContext context) {
        return EncoderTraining.run(
                this, recipe.schedule(), context, device -> new MocoV3Training(this, context.data(), device));
    }
}
