package io.maeharness.core.model;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.stage.Precision;

/**
 * Transformer blocks of one width, as a GPU runs them: the bytes that their kernels move and how many of these there are,
 * beside the arithmetic that {@link Flops} counts. Counted by reading {@code script/vit.py}, not measured.
 *
 * @param tokens of a sequence, class token included
 * @param width of a token
 * @param depth blocks; a part of one where only its MLP is meant
 * @param heads of attention
 * @param mlpRatio hidden width of the MLP over the width
 * @param sequences that an image has, as where several views of it are encoded
 * @param calls into which these are divided, one after another
 */
public record BlockStack(double tokens, int width, double depth, int heads, int mlpRatio, int sequences, int calls) {
    /** Kernels of a block, forward: 2 norms, 4 casts, 4 products, copy of q, k and v, attention, GELU, 2 sums. */
    private static final double FORWARD_LAUNCHES = 15;

    /** Kernels of a block, forward, backward (31) and the addition to the gradients of its 12 parameters. */
    private static final double TRAINED_LAUNCHES = 58;

    /** Bytes that a token of width 1 moves in a block, forward, where products are bf16. */
    private static final double FORWARD_BYTES = 96;

    /** The same, forward and backward. */
    private static final double TRAINED_BYTES = 340;

    /** How much more that is where products are fp32: no casts (20 of 96 bytes), everything else twice as wide. */
    private static final double FP32 = 2 * (96 - 20) / 96.0;

    /** How often the scores of attention as two products are read or written, forward. */
    private static final double FORWARD_SCORES = 4;

    /** The same, forward and backward. */
    private static final double TRAINED_SCORES = 11;

    /** The encoder on sequences of so many tokens. */
    public static BlockStack encoder(ModelSettings model, double tokens) {
        return new BlockStack(
                tokens, model.encoderDim(), model.encoderDepth(), model.encoderHeads(), model.mlpRatio(), 1, 1);
    }

    /** The encoder on all patches and the class token. */
    public static BlockStack encoder(ModelSettings model) {
        return encoder(model, model.numPatches() + 1.0);
    }

    /** The decoder. */
    public static BlockStack decoder(ModelSettings model) {
        return new BlockStack(
                model.numPatches() + 1.0,
                model.decoderDim(),
                model.decoderDepth(),
                model.decoderHeads(),
                model.mlpRatio(),
                1,
                1);
    }

    /** So many of these blocks. */
    public BlockStack blocks(double count) {
        return new BlockStack(tokens, width, count, heads, mlpRatio, sequences, calls);
    }

    /** The same for several views of an image. */
    public BlockStack views(int count, int calls) {
        return new BlockStack(tokens, width, depth, heads, mlpRatio, count, calls);
    }

    /** Number of weights in the products. */
    public double weights() {
        return depth * width * width * (4 + 2.0 * mlpRatio);
    }

    /** Kernels of a micro-batch, forward. */
    public double forwardLaunches() {
        return calls * depth * FORWARD_LAUNCHES;
    }

    /** Kernels of a micro-batch, forward and backward. */
    public double trainedLaunches() {
        return calls * depth * TRAINED_LAUNCHES;
    }

    /**
     * Bytes that an image moves, forward.
     *
     * @param longest tokens of the model's longest sequence, which decides how attention is computed
     */
    public double forwardBytes(Precision precision, double longest) {
        return bytes(precision, FORWARD_BYTES, scores(longest, FORWARD_SCORES));
    }

    /**
     * Bytes that an image moves, forward and backward.
     *
     * @param longest tokens of the model's longest sequence, which decides how attention is computed
     */
    public double trainedBytes(Precision precision, double longest) {
        return bytes(precision, TRAINED_BYTES, scores(longest, TRAINED_SCORES));
    }

    private double bytes(Precision precision, double ofAToken, double scores) {
        boolean wide = precision == Precision.FP32;
        return sequences
                * depth
                * (tokens * width * ofAToken * (wide ? FP32 : 1) + scores * (wide ? Float.BYTES : Short.BYTES));
    }

    /** Scores that are moved; none leaves the chip where attention is fused. */
    private double scores(double longest, double times) {
        boolean fused = Attention.of(DeviceKind.GPU, (int) longest) == Attention.FUSED;
        return fused ? 0 : times * heads * tokens * tokens;
    }
}
