package io.maeharness.baselines.dino;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.augment.ColourDistortion;
import io.maeharness.core.augment.ContrastiveView;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.data.ViewLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class DinoViewsTest {
    @Test
    void theImagenetProfileHasThePublishedViewsOfVitB() {
        DinoRecipe recipe = ProfileLoader.load("imagenet").recipe(DinoRecipe.class);
        List<ViewLoader.View> views = recipe.views(224);
        ColourDistortion colour = ColourDistortion.PUBLISHED;
        CropScale large = new CropScale(0.25, 1);
        assertEquals(12, views.size());
        assertEquals(new ViewLoader.View(new ContrastiveView(large, colour, 0.2, 1, 0), 224), views.get(0));
        assertEquals(new ViewLoader.View(new ContrastiveView(large, colour, 0.2, 0.1, 0.2), 224), views.get(1));
        ContrastiveView local = new ContrastiveView(new CropScale(0.05, 0.25), colour, 0.2, 0.5, 0);
        assertEquals(
                List.of(new ViewLoader.View(local, 96)),
                views.stream().skip(2).distinct().toList());
    }

    @Test
    void theStrengthOfTheJitterScalesItsFourChanges() {
        DinoRecipe recipe = TinyDino.recipe("jitterStrength", "2", "jitter", "0.5");
        ContrastiveView view = (ContrastiveView) recipe.views(32).get(0).transform();
        assertEquals(new ColourDistortion(0.5, 0.8, 0.8, 0.4, 0.2), view.colour());
    }
}
