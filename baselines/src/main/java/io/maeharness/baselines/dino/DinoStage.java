package io.maeharness.baselines.dino;

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

/** Self-distillation without labels. Source: Caron et al., arXiv 2104.14294; table 3's row. */
@StageKind(name = "dino", version = DinoStage.VERSION)
public record DinoStage(
        int version, DataIdentity data, ModelSettings model, DinoRecipe recipe, long seed, Precision precision)
        implements EncoderStage {
    /** 2: first weights are drawn by name, flips before crops; whole splits without padding. */
    static final int VERSION = 2;

    private static final int GLOBAL_CROPS = 2;

    /** Checks that the crops fit the model. */
    public DinoStage {
        recipe.checkFor(model);
    }

    /** The method with the recipe of a case. */
    public static DinoStage of(StageInputs inputs) {
        return new DinoStage(
                VERSION,
                inputs.trainingImages(),
                inputs.encoderOnly(),
                inputs.settings().recipe(DinoRecipe.class),
                inputs.seed(),
                inputs.precision());
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(recipe.schedule());
    }

    @Override
    public EncoderForm form() {
        return EncoderForm.LEARNED_POSITIONS;
    }

    /** The student on all crops, the teacher on the two global ones, each with the head. */
    @Override
    public double macsOfImage(int channels) {
        double hidden = recipe.headHidden();
        double head = model.encoderDim() * hidden
                + hidden * hidden
                + hidden * recipe.headBottleneck()
                + (double) recipe.headBottleneck() * recipe.headOutputs();
        double global = GLOBAL_CROPS * (Flops.classifierMacs(model, channels, 0) + head);
        double local = recipe.localCrops()
                * (Flops.classifierMacs(model.withImageSize(recipe.localSize()), channels, 0) + head);
        return Flops.TRAINED * (global + local) + global;
    }

    /** The student's crops of one size are one batch. */
    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        ModelSettings small = model.withImageSize(recipe.localCrops() == 0 ? model.imageSize() : recipe.localSize());
        BlockStack global = BlockStack.encoder(model).views(GLOBAL_CROPS, 1);
        BlockStack local = BlockStack.encoder(small).views(recipe.localCrops(), recipe.localCrops() == 0 ? 0 : 1);
        double pixels = GLOBAL_CROPS * model.pixels() + recipe.localCrops() * small.pixels();
        return List.of(new TransformerWork(precision, List.of(global, local), List.of(global), global.weights())
                .training(
                        recipe.schedule(),
                        images,
                        microBatch,
                        macsOfImage(images.channels()),
                        Workload.Host.views(images.seen(recipe.schedule()), pixels)));
    }

    /** Student and teacher; the student's crops are kept for the backward pass. */
    @Override
    public double bytes(int channels, int images) {
        return TrainingMemory.finetuning(model, channels, GLOBAL_CROPS * images, precision)
                + TrainingMemory.activations(
                        model.withImageSize(recipe.localCrops() == 0 ? model.imageSize() : recipe.localSize()),
                        recipe.localCrops() * images,
                        precision)
                + TrainingMemory.follower(model, channels)
                + TrainingMemory.sums(model, channels, recipe.schedule());
    }

    @Override
    public StageOutcome compute(StageContext context) {
        return EncoderTraining.run(
                this, recipe.schedule(), context, device -> new DinoTraining(this, context.data(), device));
    }
}
