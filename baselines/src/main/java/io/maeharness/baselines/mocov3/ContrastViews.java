package io.maeharness.baselines.mocov3;

import io.maeharness.core.augment.ColourDistortion;
import io.maeharness.core.augment.ContrastiveView;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.data.ViewLoader;
import java.util.List;

/** The two views of a picture: both cropped and coloured alike, blurred and solarised with different probabilities. */
final class ContrastViews {
    private static final double BRIGHTNESS = 0.4;
    private static final double CONTRAST = 0.4;
    private static final double SATURATION = 0.2;
    private static final double HUE = 0.1;

    private ContrastViews() {}

    /**
     * The views of a recipe.
     *
     * @param size side of both
     */
    static List<ViewLoader.View> of(MocoV3Recipe recipe, int size) {
        return List.of(
                new ViewLoader.View(view(recipe, recipe.blurFirst(), 0), size),
                new ViewLoader.View(view(recipe, recipe.blurSecond(), recipe.solarise()), size));
    }

    private static ContrastiveView view(MocoV3Recipe recipe, double blur, double solarise) {
        return new ContrastiveView(
                new CropScale(recipe.minCropScale(), 1),
                new ColourDistortion(recipe.jitter(), BRIGHTNESS, CONTRAST, SATURATION, HUE),
                recipe.grey(),
                blur,
                solarise);
    }
}
