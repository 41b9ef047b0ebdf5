package io.maeharness.baselines.tokenizer;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.model.Flops;
import io.maeharness.core.stage.Workload;

/**
 * Work of a tokenizer for one image, in multiply-accumulates of its convolutions as {@link Flops} counts those of linear
 * layers.
 *
 * <p>A method that predicts words pays for tokenising each image it sees: the encoder's forward pass. What it cost to train
 * the tokenizer is not counted with the method: it is a stage of its own, shared by all who use it.
 */
final class TokenizerWork {
    private static final double STRIDED_KERNEL = 16;
    private static final double WIDE_KERNEL = 9;
    /** What is kept of a convolution: its output and that of the rectifier. */
    private static final double KEPT_OF_CONVOLUTION = 2;
    /** Outputs of two rectifiers and two convolutions, and the sum. */
    private static final double KEPT_OF_RESIDUAL_BLOCK = 5;
    /** Scores, noise, their sum, the weights, the logarithms and the divergence's products. */
    private static final double KEPT_OF_WORDS = 6;

    /** How often a kept value is moved: written, read for the next operation, read for its gradient, the gradient twice. */
    static final double TIMES_MOVED = 5;

    /** Written, and read for the next operation. */
    private static final double TIMES_MOVED_FORWARD = 2;

    /** Written, read for the largest, for what is not finite, and for the bytes between. */
    private static final double TIMES_SCORES_MOVED = 4;

    /** Kernels of a batch of words: some twenty convolutions and rectifiers, the choice, what is not finite. */
    private static final double LAUNCHES_FORWARD = 40;

    /** Kernels of a micro-batch: some 60 operations, forward and backward, with the sums of gradients. */
    static final double LAUNCHES = 200;

    private TokenizerWork() {}

    /** Forward pass of the encoder. */
    static double encoderMacs(TokenizerRecipe recipe, ModelSettings model, int channels) {
        double hidden = recipe.hidden();
        int halvings = Integer.numberOfTrailingZeros(recipe.wordPixels());
        double side = recipe.pictureSize(model);
        double macs = 0;
        for (int k = 0; k < halvings; k++) {
            side /= 2;
            double to = recipe.hidden() >> (halvings - 1 - k);
            double from = k == 0 ? channels : to / 2;
            macs += side * side * STRIDED_KERNEL * from * to;
        }
        double place = recipe.residualBlocks() * (WIDE_KERNEL + 1) * hidden * hidden + hidden * recipe.vocabulary();
        return macs + side * side * place;
    }

    /** Forward and backward pass of encoder and decoder, which mirror each other. */
    static double trainingMacs(TokenizerRecipe recipe, ModelSettings model, int channels) {
        return Flops.TRAINED * 2 * encoderMacs(recipe, model, channels);
    }

    /** Words of pictures: the outputs of the encoder's convolutions and rectifiers, and the scores, which are read four times. */
    static Workload.Device words(
            TokenizerRecipe recipe, ModelSettings model, int channels, double pictures, double batches) {
        double grid = (double) recipe.pictureSize(model) / recipe.wordPixels();
        double scores = grid * grid * recipe.vocabulary();
        double convolutions = (activationBytes(recipe, model) / Float.BYTES - KEPT_OF_WORDS * scores) / 2;
        double moved = Float.BYTES * (TIMES_MOVED_FORWARD * convolutions + TIMES_SCORES_MOVED * scores);
        return new Workload.Device(
                0, encoderMacs(recipe, model, channels) * pictures, moved * pictures, batches * LAUNCHES_FORWARD);
    }

    /**
     * Bytes that the backward pass keeps of one image: the outputs of every convolution of encoder and decoder and what
     * stands beside them, and the scores of all words with their noise and the drawn weights.
     */
    static double activationBytes(TokenizerRecipe recipe, ModelSettings model) {
        double grid = (double) recipe.pictureSize(model) / recipe.wordPixels();
        double values = grid * grid * recipe.hidden(); // twice as many at each doubling of the side
        double convolutions = KEPT_OF_CONVOLUTION * (recipe.wordPixels() - 1.0)
                + KEPT_OF_RESIDUAL_BLOCK * (double) recipe.residualBlocks();
        double words = KEPT_OF_WORDS * grid * grid * recipe.vocabulary();
        return Float.BYTES * (2 * values * convolutions + words);
    }
}
