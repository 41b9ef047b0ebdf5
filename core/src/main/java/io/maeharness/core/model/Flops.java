package io.maeharness.core.model;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;

/**
 * Work counted from the configuration: multiply-accumulates of the linear layers and of the two attention products, class
 * token included. Norms, softmax, GELU and the loss are left out.
 *
 * <p>A training step is counted as 6 floating-point operations a multiply-accumulate (2 forward, 4 backward). With this
 * convention the encoder with mask tokens costs 3.24 times the default for ViT-L/16 at 224 (3.28 without the class token;
 * the paper prints 3.3).
 */
public final class Flops {
    /** Floating-point operations of forward and backward for one multiply-accumulate of the forward pass. */
    public static final int TRAINING_FLOPS_PER_MAC = 6;

    /** What training costs over a forward pass: forward once, backward twice. */
    public static final double TRAINED = TRAINING_FLOPS_PER_MAC / 2.0;

    private Flops() {}

    /** Multiply-accumulates of the forward pass of a pre-training that predicts pixels, for one image. */
    public static double pretrainMacs(ModelSettings model, PretrainRecipe recipe, int channels) {
        return pretrainMacs(model, recipe, channels, model.patchValues(channels));
    }

    /** Multiply-accumulates of the pre-training's forward pass for one image. */
    public static double pretrainMacs(ModelSettings model, PretrainRecipe recipe, int channels, int outputs) {
        return pretrainMacs(model, recipe, channels, outputs, 1);
    }

    /**
     * Multiply-accumulates of the pre-training's forward pass for one image.
     *
     * @param outputs values predicted for a patch
     * @param classTokens 1, or 0 to leave the class token out of the count
     */
    public static double pretrainMacs(
            ModelSettings model, PretrainRecipe recipe, int channels, int outputs, int classTokens) {
        double patches = model.numPatches();
        double kept = recipe.maskRatio().lenKeep(model.numPatches());
        double encoded = (recipe.encoderMaskTokens() ? patches : kept) + classTokens;
        double decoded = patches + classTokens;
        return kept * model.patchValues(channels) * model.encoderDim()
                + model.encoderDepth() * blockMacs(encoded, model.encoderDim(), model.mlpRatio())
                + encoded * model.encoderDim() * model.decoderDim()
                + model.decoderDepth() * blockMacs(decoded, model.decoderDim(), model.mlpRatio())
                + decoded * model.decoderDim() * outputs;
    }

    /** Multiply-accumulates of the classifier's forward pass for one image: all patches and the class token. */
    public static double classifierMacs(ModelSettings model, int channels, int classes) {
        double tokens = model.numPatches() + 1;
        return model.numPatches() * (double) model.patchValues(channels) * model.encoderDim()
                + model.encoderDepth() * blockMacs(tokens, model.encoderDim(), model.mlpRatio())
                + (double) model.encoderDim() * classes;
    }

    /** One block: q, k, v and output projections, the MLP, and the products of attention. */
    private static double blockMacs(double tokens, double width, double mlpRatio) {
        return tokens * width * width * (4 + 2 * mlpRatio) + 2 * tokens * tokens * width;
    }
}
