package io.maeharness.ablations.stages;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
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
 */
public record CaseStages(Settings settings, DataIdentity data, long seed, Precision precision) {
    private static final double EVERYTHING = -1;

    /** Checks that the images are those that the settings ask for. */
    public CaseStages {
        if (!data.settings().equals(settings.data())) {
            throw new IllegalArgumentException("the images are those of " + data.settings() + ", but the settings ask"
                    + " for " + settings.data() + "; identify the data set again");
        }
    }

    /** Masked pre-training. */
    public Stage.Pretrain pretrain() {
        return new Stage.Pretrain(StageVersions.PRETRAIN, data, settings.model(), settings.pretrain(), seed, precision);
    }

    /** End-to-end fine-tuning of {@link #pretrain()}. */
    public Stage finetune() {
        return finetune(EVERYTHING);
    }

    /**
     * Fine-tuning of the last blocks of {@link #pretrain()}.
     *
     * @param tunedBlocks encoder blocks trained; 0.5 is the MLP half of the last one, all of them trains everything
     */
    public Stage finetune(double tunedBlocks) {
        double tuned = tunedBlocks >= settings.model().encoderDepth() ? EVERYTHING : tunedBlocks;
        return new Stage.Finetune(
                StageVersions.FINETUNE,
                data,
                settings.model(),
                Optional.of(pretrain()),
                settings.finetune(),
                tuned,
                seed,
                precision);
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

    /** A linear classifier on the features of {@link #pretrain()}. */
    public Stage probe() {
        return probe(settings.model(), Optional.of(pretrain()));
    }

    /** A linear classifier on the features of random weights. */
    public Stage probeRandomWeights() {
        return probe(encoderOnly(), Optional.empty());
    }

    private Stage probe(ModelSettings model, Optional<Stage.Pretrain> encoder) {
        return new Stage.LinearProbe(
                StageVersions.LINEAR_PROBE, data, model, encoder, settings.probe(), seed, precision);
    }

    /** Nearest neighbours on the features of {@link #pretrain()}. */
    public Stage neighbours() {
        return neighbours(settings.model(), Optional.of(pretrain()), false, seed);
    }

    /** Nearest neighbours on the features of random weights. */
    public Stage neighboursOfRandomWeights() {
        return neighbours(encoderOnly(), Optional.empty(), false, seed);
    }

    /** Nearest neighbours on the pixels themselves: the same stage for all seeds and architectures. */
    public Stage neighboursOfPixels() {
        return neighbours(pixelsOnly(), Optional.empty(), true, 0);
    }

    private Stage neighbours(ModelSettings model, Optional<Stage.Pretrain> encoder, boolean rawPixels, long drawnFrom) {
        return new Stage.Knn(StageVersions.KNN, data, model, encoder, rawPixels, settings.knn(), drawnFrom, precision);
    }

    /** Pictures that {@link #pretrain()} completes. */
    public Stage reconstruct(int images) {
        return new Stage.Reconstruct(
                StageVersions.RECONSTRUCT, data, settings.model(), pretrain(), images, seed, precision);
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

    private ModelSettings pixelsOnly() {
        int size = settings.model().imageSize();
        return new ModelSettings(size, size, 4, 1, 1, 4, 1, 1, 1);
    }
}
