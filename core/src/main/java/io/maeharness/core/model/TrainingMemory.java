package io.maeharness.core.model;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.Precision;

/**
 * Memory that training needs, roughly: weights with what belongs to each, the activations that the backward pass keeps,
 * and the engine itself. Counted from the configuration, not measured; expect a third more or less.
 */
public final class TrainingMemory {
    /** Bytes a weight with gradient, two moments and a copy while a checkpoint is written. */
    public static final int TRAINED_WEIGHT = 20;

    /** Bytes a weight with its gradient and, during the backward pass, the copies that the products read. */
    public static final int TIMED_WEIGHT = 12;

    /** Bytes of the engine. */
    public static final double ENGINE = 700e6;

    /** Widths that a block keeps for the backward pass beside the MLP's: norms, q, k, v, product, projection, sums. */
    private static final int KEPT_WIDTHS = 9;

    /** Bytes a weight of an encoder that is not trained but follows another, with a copy for a checkpoint. */
    private static final int FOLLOWING_WEIGHT = 8;

    private TrainingMemory() {}

    /**
     * Bytes of masked pre-training.
     *
     * @param images of a micro-batch
     */
    public static double pretraining(
            ModelSettings model,
            PretrainRecipe recipe,
            int channels,
            int images,
            Precision precision,
            int bytesAWeight) {
        double all = model.numPatches() + 1.0;
        double encoded = recipe.encoderMaskTokens() ? all : recipe.maskRatio().lenKeep(model.numPatches()) + 1.0;
        double image = encoderBlocks(model, encoded)
                + blocks(all, model.decoderDim(), model.decoderDepth(), model.decoderHeads(), model.mlpRatio());
        return ENGINE
                + (bytesAWeight + sumsOfAWeight(recipe.schedule()))
                        * (encoderWeights(model, channels) + decoderWeights(model, channels))
                + bytes(precision) * image * images;
    }

    /**
     * Bytes of training the encoder on all patches.
     *
     * @param images of a micro-batch
     */
    public static double finetuning(ModelSettings model, int channels, int images, Precision precision) {
        return frozen(model, channels) + activations(model, images, precision);
    }

    /**
     * Bytes that the backward pass keeps of training an encoder on all patches.
     *
     * @param images at once
     */
    public static double activations(ModelSettings model, int images, Precision precision) {
        return bytes(precision) * encoderBlocks(model, model.numPatches() + 1.0) * images;
    }

    /** Bytes of the sums over shards that wait for their other half, for the weights of an encoder; 0 where a step is whole. */
    public static double sums(ModelSettings model, int channels, Schedule schedule) {
        return sumsOfAWeight(schedule) * encoderWeights(model, channels);
    }

    /** One device that computes all shards has a set of sums for each level of their tree. */
    private static int sumsOfAWeight(Schedule schedule) {
        return schedule.shards() == 1 ? 0 : Float.BYTES * (1 + Integer.numberOfTrailingZeros(schedule.shards()));
    }

    /** Bytes of another encoder that follows the trained one: weights and the copy that the products read. */
    public static double follower(ModelSettings model, int channels) {
        return FOLLOWING_WEIGHT * encoderWeights(model, channels);
    }

    /** Bytes of an encoder whose activations are not kept. */
    public static double frozen(ModelSettings model, int channels) {
        return ENGINE + TRAINED_WEIGHT * encoderWeights(model, channels);
    }

    private static double encoderBlocks(ModelSettings model, double tokens) {
        return blocks(tokens, model.encoderDim(), model.encoderDepth(), model.encoderHeads(), model.mlpRatio());
    }

    /** Bytes of a kept value: half of them are bf16, norms and sums are not. */
    private static int bytes(Precision precision) {
        return precision == Precision.BF16 ? 3 : 4;
    }

    /** Values kept by so many blocks for one image. */
    private static double blocks(double tokens, int dim, int depth, int heads, int mlpRatio) {
        return depth * (tokens * dim * (KEPT_WIDTHS + 2.0 * mlpRatio) + 2.0 * heads * tokens * tokens);
    }

    private static double encoderWeights(ModelSettings model, int channels) {
        return (double) model.patchValues(channels) * model.encoderDim()
                + model.encoderDepth() * blockWeights(model.encoderDim(), model.mlpRatio());
    }

    private static double decoderWeights(ModelSettings model, int channels) {
        return (double) model.decoderDim() * (model.encoderDim() + model.patchValues(channels))
                + model.decoderDepth() * blockWeights(model.decoderDim(), model.mlpRatio());
    }

    private static double blockWeights(double dim, int mlpRatio) {
        return dim * dim * (4 + 2.0 * mlpRatio);
    }
}
