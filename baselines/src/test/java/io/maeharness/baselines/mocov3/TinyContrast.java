package io.maeharness.baselines.mocov3;

import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import java.util.Optional;

/** A stage that takes a second: 96 bundled images, a model of two narrow blocks. */
public final class TinyContrast {
    static final ModelSettings MODEL = new ModelSettings(32, 8, 16, 2, 2, 12, 1, 1, 2);

    private TinyContrast() {}

    /** The published recipe, with milder views, on tiny heads. */
    static MocoV3Recipe recipe(double epochs, int microBatch) {
        return new MocoV3Recipe(
                new Schedule(epochs, 0.5, 32, microBatch, 1e-2, 0, 0),
                new AdamSettings(0.9, 0.999, 0.1, 0),
                24,
                12,
                0.2,
                0.9,
                0.6,
                0.8,
                0.2,
                0.2,
                0.1,
                0.2);
    }

    /** A stage of {@link #recipe}. */
    public static MocoV3Stage stage(double epochs, int microBatch, Precision precision) {
        DataSettings data = new DataSettings(DataSource.BUNDLED, 0.1, 96, 64, Split.VALIDATION);
        return new MocoV3Stage(
                1, StageData.identify(data, Optional.empty()), MODEL, recipe(epochs, microBatch), 7, precision);
    }
}
