package io.maeharness.ablations;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlanRequest;
import io.maeharness.ablations.plan.Planner;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PaperAxes;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.ProbeRecipe;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Map;

/** A small profile and plans of it. */
public final class TestProfile {
    public static final PaperTables TABLES = PaperTables.discover();

    private TestProfile() {}

    /** 32x32 images, patch 4, encoder 192 wide and 6 deep, decoder 96 wide and 2 deep. */
    public static Settings settings() {
        Settings quick = ProfileLoader.load("quick");
        AdamSettings adam = new AdamSettings(0.9, 0.95, 0.05, 0);
        Schedule schedule = new Schedule(4, 1, 256, 256, 1e-3, 0, 0);
        SupervisedRecipe supervised = new SupervisedRecipe(schedule, adam, 0.75, 0.1, 0.1, 0.8, 1, 9, 0.5, 0, 0.2);
        return new Settings(
                "test",
                "for tests",
                new DataSettings(DataSource.BUNDLED, 0.1, 0, 0, Split.TEST),
                new ModelSettings(32, 4, 192, 6, 3, 96, 2, 3, 4),
                new PretrainRecipe(
                        new MaskRatio(0.75),
                        new MaskSampling.Random(),
                        false,
                        new ReconstructionTarget.Pixel(),
                        0.125,
                        Augmentation.CROP_RANDOM_SIZE,
                        0.2,
                        schedule,
                        adam),
                supervised,
                supervised,
                new ProbeRecipe(schedule, 0.9, 0.001, 0, Pooling.CLS, 0.2, 2),
                new KnnRecipe(20, 0.07, Pooling.CLS),
                quick.recipes(),
                quick.sizes(),
                axes(),
                new Settings.WallClock(true, 3, 20, 3, 0),
                quick.claims(),
                1,
                0,
                3);
    }

    private static PaperAxes axes() {
        return new PaperAxes(
                List.of(1, 3, 4, 5, 6),
                List.of(24, 48, 96, 144, 192),
                List.of(3, 3, 3, 6, 6),
                Map.of("0.5", 0.5, "1", 1.0, "4", 2.0, "12", 4.0),
                List.of(1, 2));
    }

    /** The facts of images that do not exist. */
    public static ImageFacts images(DataSettings data) {
        return new ImageFacts(new DataIdentity(data, "sha256:none"), 1, 10, 10_800, 2_000);
    }

    /** A request with the seeds 0 to {@code seeds - 1}. */
    public static PlanRequest request(int seeds) {
        return new PlanRequest(settings(), TestProfile::images, Precision.FP32, PlanRequest.seeds(0, seeds));
    }

    /** The plan of these selectors, with one seed. */
    public static Plan plan(String... selectors) {
        return plan(1, selectors);
    }

    /** The plan of these selectors. */
    public static Plan plan(int seeds, String... selectors) {
        return Planner.plan(request(seeds), Selection.of(List.of(selectors), TABLES, settings()));
    }
}
