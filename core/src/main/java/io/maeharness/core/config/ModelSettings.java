package io.maeharness.core.config;

import io.maeharness.core.error.InvalidSettingException;

/**
 * The vision transformer and the decoder that is thrown away after pre-training.
 *
 * @param imageSize side of the square input, pixels
 * @param patchSize side of a patch, pixels; divides {@code imageSize}
 * @param encoderDim width D of the encoder; a multiple of 4 (sine-cosine positions) and of {@code encoderHeads}
 * @param encoderDepth number of encoder blocks
 * @param encoderHeads attention heads of the encoder
 * @param decoderDim width of the decoder; a multiple of 4 and of {@code decoderHeads}
 * @param decoderDepth number of decoder blocks
 * @param decoderHeads attention heads of the decoder
 * @param mlpRatio hidden width of the MLP over the width of its block
 */
public record ModelSettings(
        int imageSize,
        int patchSize,
        int encoderDim,
        int encoderDepth,
        int encoderHeads,
        int decoderDim,
        int decoderDepth,
        int decoderHeads,
        int mlpRatio) {
    /** Of a side; products of sizes stay below what an int holds. */
    private static final int MOST_PIXELS = 8192;

    private static final int MOST_BLOCKS = 1000;
    private static final int MOST_WIDTH = 1 << 16;

    /** Checks every field and that sizes divide. */
    public ModelSettings {
        checkSide("model.imageSize", imageSize);
        Check.divides("model.patchSize", patchSize, "model.imageSize", imageSize);
        checkDepth("model.encoderDepth", encoderDepth);
        checkDepth("model.decoderDepth", decoderDepth);
        Check.between("model.mlpRatio", mlpRatio, 1, MOST_BLOCKS);
        width("encoder", encoderDim, encoderHeads, mlpRatio);
        width("decoder", decoderDim, decoderHeads, mlpRatio);
    }

    /** Checks the side of an image, pixels. */
    static void checkSide(String key, int side) {
        Check.between(key, side, 1, MOST_PIXELS);
    }

    /** Checks a number of blocks. */
    static void checkDepth(String key, int blocks) {
        Check.between(key, blocks, 1, MOST_BLOCKS);
    }

    /** Checks a width and the heads that share it. */
    static void checkWidth(String dimKey, int dim, String headsKey, int heads) {
        Check.between(dimKey, dim, 4, MOST_WIDTH);
        Check.divides("4 (sine-cosine positions) ", 4, dimKey, dim);
        Check.divides(headsKey, heads, dimKey, dim);
    }

    private static void width(String part, int dim, int heads, int mlpRatio) {
        checkWidth("model." + part + "Dim", dim, "model." + part + "Heads", heads);
        if ((long) dim * dim * Math.max(3, mlpRatio) > Integer.MAX_VALUE) { // query, key and value, or the MLP
            throw new InvalidSettingException("model." + part + "Dim " + dim + " with model.mlpRatio " + mlpRatio
                    + " makes a matrix of more values than are counted; choose a smaller one");
        }
    }

    /** A model of which only the grid of patches matters: everything else is as small as it can be. */
    public static ModelSettings patchesOnly(int imageSize, int patchSize) {
        return new ModelSettings(imageSize, patchSize, 4, 1, 1, 4, 1, 1, 1);
    }

    /** The same encoder with the smallest decoder, the same whatever decoder this model has. */
    public ModelSettings encoderOnly() {
        return new ModelSettings(imageSize, patchSize, encoderDim, encoderDepth, encoderHeads, 4, 1, 1, mlpRatio);
    }

    /** Patches along one side of the image. */
    public int gridSize() {
        return imageSize / patchSize;
    }

    /** Number of patches L of an image. */
    public int numPatches() {
        return gridSize() * gridSize();
    }

    /** Pixels of the square input. */
    public double pixels() {
        return (double) imageSize * imageSize;
    }

    /** Values of one patch, P*P*C, of a picture with {@code channels} channels. */
    public int patchValues(int channels) {
        return patchSize * patchSize * channels;
    }

    /** The same model for another input size, as when an encoder is fine-tuned at a higher resolution. */
    public ModelSettings withImageSize(int size) {
        return new ModelSettings(
                size,
                patchSize,
                encoderDim,
                encoderDepth,
                encoderHeads,
                decoderDim,
                decoderDepth,
                decoderHeads,
                mlpRatio);
    }

    /** The same model with a decoder of so many blocks. */
    public ModelSettings withDecoderDepth(int blocks) {
        return new ModelSettings(
                imageSize,
                patchSize,
                encoderDim,
                encoderDepth,
                encoderHeads,
                decoderDim,
                blocks,
                decoderHeads,
                mlpRatio);
    }
}
