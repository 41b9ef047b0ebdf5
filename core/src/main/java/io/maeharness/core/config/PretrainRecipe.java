package io.maeharness.core.config;

import java.util.List;

/**
 * Masked pre-training: what is hidden, what is predicted, and for how long.
 *
 * @param maskRatio share of the patches that the encoder does not see, in (0, 1); the paper's default is 0.75
 * @param maskSampling {@code random}, {@code block} or {@code grid}
 * @param encoderMaskTokens whether the removed patches enter the encoder as mask tokens (table 1c)
 * @param target {@code pixel}, {@code pixel-norm}, {@code pca} or {@code dvae-token}
 * @param pcaShare share of the principal components kept by target {@code pca}; the paper's is 0.125
 * @param augmentation {@code none}, {@code crop-fixed-size}, {@code crop-random-size} or {@code crop-color-jitter}
 * @param minCropScale smallest area of a random-size crop, as a share of the picture; the paper's is 0.2
 * @param schedule length and learning rate
 * @param adam optimiser
 */
public record PretrainRecipe(
        double maskRatio,
        String maskSampling,
        boolean encoderMaskTokens,
        String target,
        double pcaShare,
        String augmentation,
        double minCropScale,
        Schedule schedule,
        AdamSettings adam) {
    /** Checks every field. */
    public PretrainRecipe {
        if (!(maskRatio > 0 && maskRatio < 1)) {
            throw new IllegalArgumentException(
                    "pretrain.maskRatio must lie in (0, 1), got " + maskRatio + "; the paper's default is 0.75");
        }
        Check.oneOf("pretrain.maskSampling", maskSampling, List.of("random", "block", "grid"));
        Check.oneOf("pretrain.target", target, List.of("pixel", "pixel-norm", "pca", "dvae-token"));
        Check.within("pretrain.pcaShare", pcaShare, 0.001, 1);
        Check.oneOf(
                "pretrain.augmentation",
                augmentation,
                List.of("none", "crop-fixed-size", "crop-random-size", "crop-color-jitter"));
        Check.within("pretrain.minCropScale", minCropScale, 0.01, 1);
    }
}
