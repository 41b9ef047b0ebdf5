package io.maeharness.ablations.stages;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.EncoderSize;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.config.WallClockSettings;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.stage.WallClock;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the stages of one case and one seed.
 *
 * <p>A stage holds only what matters to it, so that cases share whatever they have in common: stages that start from
 * random weights know nothing of the decoder, and comparing raw pixels knows nothing of the encoder and the seed.
 *
 * @param settings of the case
 * @param data images, identified by content
 * @param seed seed of every random draw
 * @param precision number format
 * @param device what computes, {@code cpu} or {@code gpu}; matters only to stages that measure time
 * @param imported a model in place of the masked pre-training, where it is of the size of the settings
 * @param supplied a tokenizer in place of one that is trained on the images
 */
public record CaseStages(
        Settings settings,
        DataIdentity data,
        long seed,
        Precision precision,
        String device,
        Optional<ImportedEncoder> imported,
        Optional<SuppliedModel> supplied) {
    /** Trains all blocks. */
    static final double EVERYTHING = -1;

    private static final double PAPER_RATIO = 0.75;

    /** Checks that the images are those that the settings ask for. */
    public CaseStages {
        if (!data.settings().equals(settings.data())) {
            throw new IllegalArgumentException("the images are those of " + data.settings() + ", but the settings ask"
                    + " for " + settings.data() + "; identify the data set again");
        }
    }

    /** Stages of a case that is pre-trained here. */
    public CaseStages(Settings settings, DataIdentity data, long seed, Precision precision, String device) {
        this(settings, data, seed, precision, device, Optional.empty(), Optional.empty());
    }

    /** The case's encoder: {@link #pretrain()}, or the imported model where it is of this size. */
    public EncoderStage encoder() {
        return imported.filter(model -> model.fits(settings.model()))
                .<EncoderStage>map(ImportedEncoder::stage)
                .orElseGet(this::pretrain);
    }

    /** Masked pre-training. */
    public Stage.Pretrain pretrain() {
        boolean words = settings.pretrain().target().equals("dvae-token");
        return new Stage.Pretrain(
                StageVersions.PRETRAIN,
                words ? data : trainingImages(),
                settings.model(),
                settings.pretrain(),
                seed,
                precision,
                words ? Optional.of(tokenizer()) : Optional.empty());
    }

    /** The same case with an encoder of another size of table 3. */
    public CaseStages sized(EncoderSize size) {
        return new CaseStages(
                Overrides.apply(settings, size.allChanges()), data, seed, precision, device, imported, supplied);
    }

    /** The same case with its accuracies measured on the validation split, for choices made by looking at a number. */
    public CaseStages onValidation() {
        Settings held = Overrides.apply(settings, Map.of("data.evaluateOn", "validation"));
        return new CaseStages(
                held, new DataIdentity(held.data(), data.digest()), seed, precision, device, imported, supplied);
    }

    /** Self-distillation. */
    public EncoderStage dino() {
        return new EncoderStage.Dino(
                StageVersions.DINO, trainingImages(), encoderOnly(), settings.dino(), seed, precision);
    }

    /** Contrastive learning. */
    public EncoderStage mocoV3() {
        return new EncoderStage.MocoV3(
                StageVersions.MOCO_V3, trainingImages(), encoderOnly(), settings.mocoV3(), seed, precision);
    }

    /**
     * Prediction of a tokenizer's words at masked patches.
     *
     * <p>Its tokenizer measures itself on the images that are evaluated, so this stage belongs to their split.
     */
    public EncoderStage beit() {
        return new EncoderStage.Beit(
                StageVersions.BEIT, data, encoderOnly(), settings.beit(), tokenizer(), seed, precision);
    }

    /**
     * The tokenizer of {@link #beit()} and of target {@code dvae-token}: one for all sizes of the encoder, in fp32
     * whatever the precision of the others, as it is run in ONNX Runtime.
     */
    public TokenizerStage tokenizer() {
        return supplied.map(model -> model.stage(data, patchesOnly()))
                .orElseGet(() -> new TokenizerStage.Trained(
                        StageVersions.TOKENIZER, data, patchesOnly(), settings.tokenizer(), seed, Precision.FP32));
    }

    /** What is measured of an encoder. */
    public EncoderStages of(EncoderStage encoder) {
        return new EncoderStages(this, encoder);
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
        return fromScratch(settings.scratch());
    }

    /** Training from random weights with the fine-tuning recipe and budget, all layers at the full learning rate. */
    public Stage scratchAtFinetuneBudget() {
        SupervisedRecipe recipe = settings.finetune();
        return fromScratch(new SupervisedRecipe(
                recipe.schedule(),
                recipe.adam(),
                1,
                recipe.dropPath(),
                recipe.labelSmoothing(),
                recipe.mixup(),
                recipe.cutmix(),
                recipe.randAugmentMagnitude(),
                recipe.randAugmentStd(),
                recipe.erasing(),
                recipe.minCropScale()));
    }

    private Stage fromScratch(SupervisedRecipe recipe) {
        return new Stage.Finetune(
                StageVersions.FINETUNE, data, encoderOnly(), Optional.empty(), recipe, EVERYTHING, seed, precision);
    }

    /** A linear classifier on the features of {@link #encoder()}. */
    public Stage probe() {
        return of(encoder()).probe();
    }

    /** A linear classifier on the features of random weights. */
    public Stage probeRandomWeights() {
        return new Stage.LinearProbe(
                StageVersions.LINEAR_PROBE, data, encoderOnly(), Optional.empty(), settings.probe(), seed, precision);
    }

    /** Nearest neighbours on the features of {@link #encoder()}. */
    public Stage neighbours() {
        return of(encoder()).neighbours();
    }

    /** Nearest neighbours on the features of random weights. */
    public Stage neighboursOfRandomWeights() {
        return new Stage.Knn(
                StageVersions.KNN, data, encoderOnly(), Optional.empty(), false, settings.knn(), seed, precision);
    }

    /** Nearest neighbours on the pixels themselves: the same stage for all seeds and architectures. */
    public Stage neighboursOfPixels() {
        return new Stage.Knn(
                StageVersions.KNN, data, pixelsOnly(), Optional.empty(), true, settings.knn(), 0, precision);
    }

    /** Pictures that the pre-training completes, or the imported model, of whatever size. */
    public Stage reconstruct(int images) {
        EncoderStage encoder =
                imported.<EncoderStage>map(ImportedEncoder::stage).orElseGet(this::pretrain);
        return new Stage.Reconstruct(
                StageVersions.RECONSTRUCT, data, encoder.model(), encoder, images, seed, precision);
    }

    /** Time of the paper's own model and mask ratio, forward and backward: the same stage for all profiles and seeds. */
    public Stage paperWallClock(ModelSettings model) {
        WallClockSettings timing = settings.wallClock();
        return wallClock(model, 1, PAPER_RATIO, false, timing.batch(), timing.seconds());
    }

    /**
     * Time of the profile's model.
     *
     * @param wholeStep whether the optimiser's update counts
     */
    public Stage ownWallClock(boolean wholeStep) {
        return wallClock(
                settings.model(),
                settings.axes().decoderDepths().get(0),
                settings.pretrain().maskRatio(),
                wholeStep,
                settings.pretrain().schedule().microBatch(),
                settings.wallClock().ownSeconds());
    }

    private Stage wallClock(
            ModelSettings model, int shallowDepth, double maskRatio, boolean wholeStep, int batch, double seconds) {
        return new WallClock(
                StageVersions.WALL_CLOCK,
                model,
                shallowDepth,
                maskRatio,
                wholeStep,
                batch,
                settings.wallClock().blocks(),
                seconds,
                device,
                0,
                precision);
    }

    /**
     * The images of a stage that looks at training images alone: the same stage whatever is evaluated afterwards, so that
     * a choice made on the validation split and the result on the test split share it.
     */
    private DataIdentity trainingImages() {
        DataSettings images = data.settings();
        return new DataIdentity(
                new DataSettings(images.dataset(), images.validationShare(), images.trainLimit(), 0, "test"),
                data.digest());
    }

    /** The model with the smallest decoder, the same whatever decoder the settings name. */
    private ModelSettings encoderOnly() {
        ModelSettings model = settings.model();
        return new ModelSettings(
                model.imageSize(),
                model.patchSize(),
                model.encoderDim(),
                model.encoderDepth(),
                model.encoderHeads(),
                4,
                1,
                1,
                model.mlpRatio());
    }

    /** Only the grid of patches matters. */
    private ModelSettings patchesOnly() {
        ModelSettings model = settings.model();
        return new ModelSettings(model.imageSize(), model.patchSize(), 4, 1, 1, 4, 1, 1, 1);
    }

    private ModelSettings pixelsOnly() {
        int size = settings.model().imageSize();
        return new ModelSettings(size, size, 4, 1, 1, 4, 1, 1, 1);
    }
}
