package io.maeharness.baselines.dino;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Stages that take a second: 96 bundled images, two narrow blocks, the smoke profile's recipe with changes. */
public final class TinyDino {
    static final ModelSettings MODEL = new ModelSettings(32, 8, 16, 2, 2, 12, 1, 1, 2);
    static final DataSettings DATA = new DataSettings(DataSource.BUNDLED, 0.1, 96, 64, Split.VALIDATION);
    private static final Settings SMOKE = Overrides.apply(ProfileLoader.load("smoke"), Map.of("dino.localSize", "16"));

    private TinyDino() {}

    /** The recipe with some keys changed: {@code key, value, key, value ...}, keys without {@code dino.}. */
    public static DinoRecipe recipe(String... changes) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "dino.schedule.epochs", "2",
                "dino.schedule.warmupEpochs", "0.5",
                "dino.schedule.batchSize", "32",
                "dino.schedule.microBatch", "16"));
        for (int i = 0; i < changes.length; i += 2) {
            all.put("dino." + changes[i], changes[i + 1]);
        }
        return Overrides.apply(SMOKE, all).recipe(DinoRecipe.class);
    }

    static DataIdentity data() {
        return StageData.identify(DATA, Optional.empty());
    }

    static DinoStage stage(DinoRecipe recipe) {
        return stage(recipe, Precision.FP32);
    }

    /** A stage of a recipe. */
    public static DinoStage stage(DinoRecipe recipe, Precision precision) {
        return new DinoStage(1, data(), MODEL, recipe, 7, precision);
    }
}
