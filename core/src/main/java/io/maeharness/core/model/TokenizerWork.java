package io.maeharness.core.model;

import io.maeharness.core.config.TokenizerRecipe;
import io.maeharness.core.stage.TokenizerStage;

/**
 * Work of a tokenizer for one image, in multiply-accumulates of its convolutions as {@link Flops} counts those of linear
 * layers.
 *
 * <p>A method that predicts words pays for tokenising each image it sees: the encoder's forward pass. What it cost to train
 * the tokenizer is not counted with the method: it is a stage of its own, shared by all who use it.
 */
public final class TokenizerWork {
    private static final double STRIDED_KERNEL = 16;
    private static final double WIDE_KERNEL = 9;

    private TokenizerWork() {}

    /** Forward pass of the encoder; 0 for a supplied one, of which nothing is known. */
    public static double encoderMacs(TokenizerStage stage, int channels) {
        if (!(stage instanceof TokenizerStage.Trained trained)) {
            return 0;
        }
        TokenizerRecipe recipe = trained.recipe();
        double hidden = recipe.hidden();
        int halvings = Integer.numberOfTrailingZeros(recipe.wordPixels());
        double side = recipe.pictureSize(stage.model());
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

    /** Forward and backward pass of encoder and decoder, which mirror each other; 0 for a supplied one. */
    public static double trainingMacs(TokenizerStage stage, int channels) {
        return Flops.TRAINING_FLOPS_PER_MAC / 2.0 * 2 * encoderMacs(stage, channels);
    }
}
