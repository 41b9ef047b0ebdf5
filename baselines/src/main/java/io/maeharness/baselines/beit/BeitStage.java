package io.maeharness.baselines.beit;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.stage.Workload;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.StepWords;
import java.util.List;
import java.util.Optional;

/**
 * Prediction of a tokenizer's words at masked patches. Source: Bao et al., arXiv 2106.08254.
 *
 * @param tokenizer whose words are predicted
 */
@StageKind(name = "beit", version = BeitStage.VERSION)
public record BeitStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        BeitRecipe recipe,
        TokenizerStage tokenizer,
        long seed,
        Precision precision)
        implements EncoderStage {
    /** 2: first weights are drawn by name, flips before crops; whole splits without padding. */
    static final int VERSION = 2;

    /**
     * The method with the recipe of a case.
     *
     * <p>Its tokenizer measures itself on the images that are evaluated, so this stage belongs to their split.
     */
    public static BeitStage of(StageInputs inputs, TokenizerStage tokenizer) {
        return new BeitStage(
                VERSION,
                inputs.data(),
                inputs.encoderOnly(),
                inputs.settings().recipe(BeitRecipe.class),
                tokenizer,
                inputs.seed(),
                inputs.precision());
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(recipe.schedule());
    }

    @Override
    public Optional<Stage> parent() {
        return Optional.of(tokenizer);
    }

    @Override
    public EncoderForm form() {
        return EncoderForm.RELATIVE_POSITIONS;
    }

    @Override
    public boolean usesOnnxRuntime(boolean gpu) {
        return tokenizer.usesOnnxRuntime(gpu);
    }

    /** All patches through the encoder, the masked ones through the head, and what the tokenizer does. */
    @Override
    public double macsOfImage(int channels) {
        double masked = recipe.maskedShare() * model.numPatches();
        double head = masked * model.encoderDim() * tokenizer.vocabulary();
        return Flops.TRAINED * (Flops.classifierMacs(model, channels, 0) + head) + tokenizer.macsOfWords(channels);
    }

    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        int channels = images.channels();
        return List.of(TransformerWork.training(precision, List.of(BlockStack.encoder(model)), List.of())
                .training(
                        recipe.schedule(),
                        images,
                        microBatch,
                        macsOfImage(channels) - tokenizer.macsOfWords(channels),
                        Workload.Host.views(images.seen(recipe.schedule()), model.pixels())
                                .tokenised(tokenizer, channels))
                .with(tokenizer.wordsOnGpu(images.seen(recipe.schedule()), channels)));
    }

    /** One encoder on one view. */
    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.finetuning(model, channels, microBatch, precision)
                + TrainingMemory.sums(model, channels, recipe.schedule());
    }

    @Override
    public StageOutcome compute(StageContext context) {
        if (tokenizer.wordsPerPatch() != 1) {
            throw new HarnessException(
                    HarnessException.Kind.CONFIG,
                    "BEiT predicts one word a patch, the tokenizer gives " + tokenizer.wordsPerPatch()
                            + "; set tokenizer.wordsPerSide=1");
        }
        return EncoderTraining.run(
                this,
                recipe.schedule(),
                context,
                device -> new BeitTraining(this, context.data(), StepWords.of(tokenizer, context, device), device));
    }
}
