package io.maeharness.ablations.stages;

import io.maeharness.baselines.beit.BeitStage;
import io.maeharness.baselines.dino.DinoStage;
import io.maeharness.baselines.mocov3.MocoV3Stage;
import io.maeharness.baselines.tokenizer.TrainedTokenizerStage;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.frozen.LinearProbeStage;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.pretrain.ReconstructStage;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.supervised.FinetuneStage;
import java.util.Optional;

/**
 * The stages that measure one case and one seed, with what a user put in place of some of them.
 *
 * @param inputs what the stages are made from
 * @param device what computes; matters only to stages that measure time
 * @param imported a model in place of the masked pre-training, where it is of the size of the settings
 * @param supplied a tokenizer in place of one that is trained on the images
 */
public record CaseStages(
        StageInputs inputs, DeviceKind device, Optional<ImportedEncoder> imported, Optional<SuppliedModel> supplied) {
    /** Stages of a case that is pre-trained here. */
    public CaseStages(StageInputs inputs, DeviceKind device) {
        this(inputs, device, Optional.empty(), Optional.empty());
    }

    /** Settings of the case. */
    public Settings settings() {
        return inputs.settings();
    }

    /** Seed of every random draw. */
    public long seed() {
        return inputs.seed();
    }

    /** The case's encoder: {@link #pretrain()}, or the imported model where it is of this size. */
    public EncoderStage encoder() {
        return imported.filter(model -> model.fits(settings().model()))
                .<EncoderStage>map(ImportedEncoder::stage)
                .orElseGet(this::pretrain);
    }

    /** Masked pre-training. */
    public PretrainStage pretrain() {
        return settings().pretrain().target().readsWords()
                ? PretrainStage.of(inputs, tokenizer())
                : PretrainStage.of(inputs);
    }

    /** The same case with an encoder of another size of table 3. */
    public CaseStages sized(SystemSizes.EncoderSize size) {
        return with(inputs.with(size.allChanges()));
    }

    /** The same case with its accuracies measured on the validation split, for choices made by looking at a number. */
    public CaseStages onValidation() {
        return with(inputs.onValidation());
    }

    private CaseStages with(StageInputs others) {
        return new CaseStages(others, device, imported, supplied);
    }

    /** Self-distillation. */
    public EncoderStage dino() {
        return DinoStage.of(inputs);
    }

    /** Contrastive learning. */
    public EncoderStage mocoV3() {
        return MocoV3Stage.of(inputs);
    }

    /** Prediction of a tokenizer's words at masked patches. */
    public EncoderStage beit() {
        return BeitStage.of(inputs, tokenizer());
    }

    /** The tokenizer of {@link #beit()} and of target {@code dvae-token}. */
    public TokenizerStage tokenizer() {
        return supplied.<TokenizerStage>map(model -> model.stage(inputs))
                .orElseGet(() -> TrainedTokenizerStage.of(inputs));
    }

    /** What is measured of an encoder. */
    public EncoderStages of(EncoderStage encoder) {
        return new EncoderStages(inputs, encoder);
    }

    /** End-to-end fine-tuning of {@link #encoder()}. */
    public Stage finetune() {
        return of(encoder()).finetune();
    }

    /**
     * Fine-tuning of the last blocks of {@link #encoder()}.
     *
     * @param tunedBlocks encoder blocks trained; 0.5 is the MLP half of the last one, all of them trains everything
     */
    public Stage finetune(double tunedBlocks) {
        return of(encoder()).finetune(tunedBlocks);
    }

    /** Training from random weights with the recipe made for it. */
    public Stage scratch() {
        return FinetuneStage.fromScratch(inputs, settings().scratch());
    }

    /** Training from random weights with the fine-tuning recipe and budget, all layers at the full learning rate. */
    public Stage scratchAtFinetuneBudget() {
        SupervisedRecipe recipe = settings().finetune();
        return FinetuneStage.fromScratch(inputs, recipe.withoutLayerDecay());
    }

    /** A linear classifier on the features of {@link #encoder()}. */
    public Stage probe() {
        return of(encoder()).probe();
    }

    /** A linear classifier on the features of random weights. */
    public Stage probeRandomWeights() {
        return LinearProbeStage.ofRandomWeights(inputs);
    }

    /** Nearest neighbours on the features of {@link #encoder()}. */
    public Stage neighbours() {
        return of(encoder()).neighbours();
    }

    /** Nearest neighbours on the features of random weights. */
    public Stage neighboursOfRandomWeights() {
        return KnnStage.ofRandomWeights(inputs);
    }

    /** Nearest neighbours on the pixels themselves: the same stage for all seeds and architectures. */
    public Stage neighboursOfPixels() {
        return KnnStage.ofPixels(inputs);
    }

    /** Pictures that the pre-training completes, or the imported model, of whatever size. */
    public Stage reconstruct(int images) {
        EncoderStage encoder =
                imported.<EncoderStage>map(ImportedEncoder::stage).orElseGet(this::pretrain);
        return ReconstructStage.of(inputs, encoder, images);
    }
}
