package io.maeharness.baselines.tokenizer;

import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.Check;
import io.maeharness.core.config.MethodRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.interop.onnx.TokenizerExport;

/**
 * A discrete VAE that turns patches into words. Source: Ramesh et al., arXiv 2102.12092, sections 2.1 and A; BEiT, arXiv
 * 2106.08254, section 2.1.
 *
 * @param schedule length and learning rate
 * @param adam optimiser
 * @param vocabulary number of words; DALL-E's is 8192
 * @param wordsPerSide words along one side of a patch; 1 gives each patch one word
 * @param wordPixels side of the square that one word stands for, pixels; a power of two. The image is resized so that
 *     the words fit the patches: with 8, and patches of 16 pixels, an image of 224 is tokenised as one of 112
 * @param hidden channels of the convolutions where there are most, at the words
 * @param residualBlocks residual blocks of the encoder, and as many of the decoder
 * @param gumbelStart temperature of the Gumbel-softmax in the beginning
 * @param gumbelEnd temperature at the end, annealed on half a cosine; DALL-E's is 1/16
 * @param klWeight weight of the divergence from the uniform distribution of words, grown linearly from 0
 * @param minCropScale smallest area of the random crop, as a share of the picture
 */
public record TokenizerRecipe(
        Schedule schedule,
        AdamSettings adam,
        int vocabulary,
        int wordsPerSide,
        int wordPixels,
        int hidden,
        int residualBlocks,
        double gumbelStart,
        double gumbelEnd,
        double klWeight,
        double minCropScale)
        implements MethodRecipe {
    /** Checks every field. */
    public TokenizerRecipe {
        Check.between("tokenizer.vocabulary", vocabulary, 2, 1 << 17);
        Check.between("tokenizer.wordsPerSide", wordsPerSide, 1, 1024);
        if (wordPixels < 2 || Integer.bitCount(wordPixels) != 1) {
            throw new InvalidSettingException(
                    "tokenizer.wordPixels must be 2, 4, 8 or another power of two, got " + wordPixels);
        }
        Check.divides("tokenizer.wordPixels / 2 =", wordPixels / 2, "tokenizer.hidden", hidden);
        Check.between("tokenizer.residualBlocks", residualBlocks, 0, 1000);
        Check.positive("tokenizer.gumbelStart", gumbelStart);
        Check.within("tokenizer.gumbelEnd", gumbelEnd, 0.001, gumbelStart);
        Check.within("tokenizer.klWeight", klWeight, 0, Double.MAX_VALUE);
        Check.within("tokenizer.minCropScale", minCropScale, 0.01, 1);
    }

    /** Side of the picture that is tokenised, pixels. */
    public int pictureSize(ModelSettings model) {
        return model.gridSize() * wordsPerSide * wordPixels;
    }

    /** Words of one patch. */
    public int wordsPerPatch() {
        return wordsPerSide * wordsPerSide;
    }

    /** The encoder as its export has to know it. */
    TokenizerExport.Network network() {
        return new TokenizerExport.Network(vocabulary, wordPixels, residualBlocks);
    }
}
