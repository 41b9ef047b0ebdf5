package io.maeharness.baselines.beit;

import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.Check;
import io.maeharness.core.config.MethodRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.InvalidSettingException;

/**
 * Prediction of a tokenizer's words at masked patches. Source: Bao et al., arXiv 2106.08254.
 *
 * @param schedule length and learning rate
 * @param adam optimiser
 * @param maskedShare share of the patches that are masked, in blocks
 * @param clip largest norm of the whole gradient; 0 for none
 * @param dropPath probability that the last block is skipped for a sample
 * @param initialDeviation of the truncated normal that weights begin with; BEiT's is 0.02, for widths of 768 and more
 * @param layerScale first value of every factor of a residual branch
 * @param minCropScale smallest area of the random crop, as a share of the picture
 */
public record BeitRecipe(
        Schedule schedule,
        AdamSettings adam,
        double maskedShare,
        double clip,
        double dropPath,
        double initialDeviation,
        double layerScale,
        double minCropScale)
        implements MethodRecipe {
    /** Checks every field. */
    public BeitRecipe {
        if (!(maskedShare > 0 && maskedShare < 1)) {
            throw new InvalidSettingException(
                    "beit.maskedShare must lie in (0, 1), got " + maskedShare + "; BEiT's is 0.4");
        }
        Check.within("beit.clip", clip, 0, Double.MAX_VALUE);
        Check.within("beit.dropPath", dropPath, 0, 0.95);
        Check.positive("beit.initialDeviation", initialDeviation);
        Check.positive("beit.layerScale", layerScale);
        Check.within("beit.minCropScale", minCropScale, 0.01, 1);
    }
}
