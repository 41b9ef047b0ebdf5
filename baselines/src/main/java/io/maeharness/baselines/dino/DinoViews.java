package io.maeharness.baselines.dino;

import io.maeharness.core.augment.ColourDistortion;
import io.maeharness.core.augment.ContrastiveView;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.data.ViewLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The views of an image: two global ones, then local ones. Source: Caron et al., arXiv 2104.14294, section 3.1; the
 * augmentations are BYOL's.
 */
final class DinoViews {
    private DinoViews() {}

    /**
     * How each view is made.
     *
     * @param imageSize side of a global view, pixels
     */
    static List<ViewLoader.View> of(DinoRecipe recipe, int imageSize) {
        CropScale large = new CropScale(recipe.globalMinScale(), 1);
        CropScale small = new CropScale(recipe.localMinScale(), recipe.localMaxScale());
        List<ViewLoader.View> views = new ArrayList<>();
        views.add(new ViewLoader.View(view(recipe, large, recipe.blurFirst(), 0), imageSize));
        views.add(new ViewLoader.View(view(recipe, large, recipe.blurSecond(), recipe.solarise()), imageSize));
        ViewLoader.View local = new ViewLoader.View(view(recipe, small, recipe.blurLocal(), 0), recipe.localSize());
        views.addAll(Collections.nCopies(recipe.localCrops(), local));
        return views;
    }

    private static ContrastiveView view(DinoRecipe recipe, CropScale scale, double blur, double solarise) {
        ColourDistortion colour =
                ColourDistortion.PUBLISHED.withProbability(recipe.jitter()).times(recipe.jitterStrength());
        return new ContrastiveView(scale, colour, recipe.grey(), blur, solarise);
    }
}
