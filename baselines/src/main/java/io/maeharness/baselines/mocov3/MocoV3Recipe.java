package io.maeharness.baselines.mocov3;

import io.maeharness.core.augment.ColourDistortion;
import io.maeharness.core.augment.ContrastiveView;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.Check;
import io.maeharness.core.config.MethodRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.ViewLoader;
import java.util.List;

/**
 * Contrastive learning with a momentum encoder. Source: Chen, Xie and He, arXiv 2104.02057.
 *
 * @param schedule length and learning rate; a micro-batch smaller than the batch changes rounding and cost, not the result
 * @param adam optimiser; its weight decay touches every trained parameter
 * @param headHidden width of the hidden layers of projector and predictor
 * @param headOutput width of what is compared
 * @param contrastTemperature divides the similarities
 * @param keyMomentum share of itself that the momentum encoder keeps in a step, at the beginning; it rises to 1
 * @param minCropScale smallest area of a crop, as a share of the picture
 * @param jitter probability of colour jitter
 * @param grey probability of grey
 * @param blurFirst probability of blur on the first view
 * @param blurSecond probability of blur on the second view
 * @param solarise probability of solarisation on the second view
 */
public record MocoV3Recipe(
        Schedule schedule,
        AdamSettings adam,
        int headHidden,
        int headOutput,
        double contrastTemperature,
        double keyMomentum,
        double minCropScale,
        double jitter,
        double grey,
        double blurFirst,
        double blurSecond,
        double solarise)
        implements MethodRecipe {
    private static final double BRIGHTNESS = 0.4;
    private static final double CONTRAST = 0.4;
    private static final double SATURATION = 0.2;
    private static final double HUE = 0.1;

    /** Checks every field. */
    public MocoV3Recipe {
        Check.between("mocoV3.headHidden", headHidden, 1, 1 << 17);
        Check.between("mocoV3.headOutput", headOutput, 1, 1 << 17);
        Check.positive("mocoV3.contrastTemperature", contrastTemperature);
        Check.within("mocoV3.keyMomentum", keyMomentum, 0, 1);
        Check.atLeast("mocoV3.schedule.batchSize (BatchNorm and negatives need other images)", schedule.batchSize(), 2);
        Check.within("mocoV3.adam.emaDecay (the momentum encoder is the average)", adam.emaDecay(), 0, 0);
        Check.within("mocoV3.minCropScale", minCropScale, 0.01, 1);
        Check.within("mocoV3.jitter", jitter, 0, 1);
        Check.within("mocoV3.grey", grey, 0, 1);
        Check.within("mocoV3.blurFirst", blurFirst, 0, 1);
        Check.within("mocoV3.blurSecond", blurSecond, 0, 1);
        Check.within("mocoV3.solarise", solarise, 0, 1);
    }

    /**
     * The two views of an image: both cropped and coloured alike, blurred and solarised with different probabilities.
     *
     * @param size side of both, pixels
     */
    List<ViewLoader.View> views(int size) {
        return List.of(
                new ViewLoader.View(view(blurFirst, 0), size), new ViewLoader.View(view(blurSecond, solarise), size));
    }

    private ContrastiveView view(double blur, double solarised) {
        return new ContrastiveView(
                new CropScale(minCropScale, 1),
                new ColourDistortion(jitter, BRIGHTNESS, CONTRAST, SATURATION, HUE),
                grey,
                blur,
                solarised);
    }
}
