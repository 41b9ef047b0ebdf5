package io.maeharness.baselines.simmim;

import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.Check;
import io.maeharness.core.config.MethodRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.InvalidSettingException;

/**
 * Prediction of the raw pixels of masked patches. Source: Xie et al., arXiv 2111.09886, sections 3 and 4.1.
 *
 * @param schedule length and learning rate
 * @param adam optimiser
 * @param maskedUnits share of the units that is masked, the paper's mask ratio: 0.6
 * @param maskUnit side of the squares that are masked as a whole, pixels: a multiple of the patch size that divides the
 *     image; the paper's is 32
 * @param clip largest norm of the whole gradient; 0 for none
 * @param dropPath probability that the last block is skipped for a sample
 * @param layerScale first value of every factor of a residual branch
 * @param minCropScale smallest area of the random crop, as a share of the picture; the paper's is 0.67
 */
public record SimmimRecipe(
        Schedule schedule,
        AdamSettings adam,
        double maskedUnits,
        int maskUnit,
        double clip,
        double dropPath,
        double layerScale,
        double minCropScale)
        implements MethodRecipe {
    /** Checks every field. */
    public SimmimRecipe {
        if (!(maskedUnits > 0 && maskedUnits < 1)) {
            throw new InvalidSettingException(
                    "simmim.maskedUnits must lie in (0, 1), got " + maskedUnits + "; the paper's is 0.6");
        }
        Check.between("simmim.maskUnit", maskUnit, 1, 8192);
        Check.within("simmim.clip", clip, 0, Double.MAX_VALUE);
        Check.within("simmim.dropPath", dropPath, 0, 0.95);
        Check.positive("simmim.layerScale", layerScale);
        Check.within("simmim.minCropScale", minCropScale, 0.01, 1);
    }

    /** Checks that a unit is made of whole patches, and the image of whole units, some of which stay. */
    void checkFor(ModelSettings model) {
        Check.divides("model.patchSize", model.patchSize(), "simmim.maskUnit", maskUnit);
        Check.divides("simmim.maskUnit", maskUnit, "model.imageSize", model.imageSize());
        int units = UnitMasks.units(model, this);
        if (UnitMasks.masked(units, maskedUnits) >= units) {
            throw new InvalidSettingException("simmim.maskedUnits " + maskedUnits + " masks all " + units
                    + " units of the image; choose a smaller ratio or a smaller simmim.maskUnit");
        }
    }
}
