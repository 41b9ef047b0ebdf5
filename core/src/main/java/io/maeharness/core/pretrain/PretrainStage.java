package io.maeharness.core.pretrain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.stage.DataIdentity;
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
 * Masked pre-training with a decoder, the paper's method.
 *
 * @param tokenizer whose words are predicted, for target {@code dvae-token}
 */
@StageKind(name = "pretrain", version = PretrainStage.VERSION)
public record PretrainStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        PretrainRecipe recipe,
        long seed,
        Precision precision,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TokenizerStage> tokenizer)
        implements EncoderStage {
    /** 2: first weights are drawn by name, flips before crops, mask noise before blocks; whole splits without padding. */
    static final int VERSION = 2;

    /** Masked pre-training that needs no tokenizer. */
    public PretrainStage(
            int version,
            DataIdentity data,
            ModelSettings model,
            PretrainRecipe recipe,
            long seed,
            Precision precision) {
        this(version, data, model, recipe, seed, precision, Optional.empty());
    }

    /**
     * The pre-training of a case that predicts pixels or what is made of them.
     *
     * @param inputs of the case
     */
    public static PretrainStage of(StageInputs inputs) {
        return of(inputs, inputs.trainingImages(), Optional.empty());
    }

    /**
     * The pre-training of a case that predicts words.
     *
     * <p>Its tokenizer measures itself on the images that are evaluated, so this stage belongs to their split.
     *
     * @param inputs of the case
     */
    public static PretrainStage of(StageInputs inputs, TokenizerStage tokenizer) {
        return of(inputs, inputs.data(), Optional.of(tokenizer));
    }

    private static PretrainStage of(StageInputs inputs, DataIdentity images, Optional<TokenizerStage> tokenizer) {
        return new PretrainStage(
                VERSION,
                images,
                inputs.settings().model(),
                inputs.settings().pretrain(),
                inputs.seed(),
                inputs.precision(),
                tokenizer);
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(recipe.schedule());
    }

    @Override
    public Optional<PretrainRecipe> decoding() {
        return Optional.of(recipe);
    }

    @Override
    public Optional<Stage> parent() {
        return tokenizer.map(t -> t);
    }

    @Override
    public boolean usesOnnxRuntime(boolean gpu) {
        return tokenizer.filter(words -> words.usesOnnxRuntime(gpu)).isPresent();
    }

    @Override
    public double macsOfImage(int channels) {
        int outputs = recipe.target().outputs(Targets.facts(model, recipe, tokenizer, channels));
        double tokenised = tokenizer.map(t -> t.macsOfWords(channels)).orElse(0.0);
        return Flops.TRAINED * Flops.pretrainMacs(model, recipe, channels, outputs) + tokenised;
    }

    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        int outputs = recipe.target().outputs(Targets.facts(model, recipe, tokenizer, images.channels()));
        double macs = Flops.TRAINED * Flops.pretrainMacs(model, recipe, images.channels(), outputs);
        double kept = recipe.encoderMaskTokens()
                ? model.numPatches()
                : recipe.maskRatio().lenKeep(model.numPatches());
        Workload.Host views = Workload.Host.views(images.seen(recipe.schedule()), model.pixels());
        return List.of(TransformerWork.training(
                        precision, List.of(BlockStack.encoder(model, kept + 1), BlockStack.decoder(model)), List.of())
                .training(
                        recipe.schedule(),
                        images,
                        microBatch,
                        macs,
                        tokenizer
                                .map(t -> views.tokenised(t, images.channels()))
                                .orElse(views))
                .with(tokenizer
                        .map(t -> t.wordsOnGpu(images.seen(recipe.schedule()), images.channels()))
                        .orElse(Workload.Device.NONE)));
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.pretraining(
                model, recipe, channels, microBatch, precision, TrainingMemory.TRAINED_WEIGHT);
    }

    @Override
    public StageOutcome compute(StageContext context) {
        return EncoderTraining.run(
                this,
                recipe.schedule(),
                context,
                device -> new Pretraining(
                        this,
                        context.data(),
                        Targets.of(model, recipe, seed, tokenizer, context.data(), device.manager()),
                        tokenizer.map(words -> StepWords.of(words, context, device)),
                        device));
    }
}
