package io.maeharness.core.config;

import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.reconstruction.ReconstructionTarget;

/**
 * Masked pre-training: what is hidden, what is predicted, and for how long.
 *
 * @param maskRatio share of the patches that the encoder does not see; the paper's default is 0.75
 * @param maskSampling how they are chosen
 * @param encoderMaskTokens whether the removed patches enter the encoder as mask tokens (table 1c)
 * @param target what the decoder predicts
 * @param pcaShare share of the principal components kept by target {@code pca}; the paper's is 0.125
 * @param augmentation what is done to the pictures
 * @param minCropScale smallest area of a random-size crop, as a share of the picture; the paper's is 0.2
 * @param schedule length and learning rate
 * @param adam optimiser
 */
public record PretrainRecipe(
        MaskRatio maskRatio,
        MaskSampling maskSampling,
        boolean encoderMaskTokens,
        ReconstructionTarget target,
        double pcaShare,
        Augmentation augmentation,
        double minCropScale,
        Schedule schedule,
        AdamSettings adam) {
    /** Checks every field. */
    public PretrainRecipe {
        Check.within("pretrain.pcaShare", pcaShare, 0.001, 1);
        Check.within("pretrain.minCropScale", minCropScale, 0.01, 1);
    }
}
