package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.model.Flops;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import org.junit.jupiter.api.Test;

class MocoV3WorkTest {
    private static final ModelSettings MODEL = new ModelSettings(32, 4, 72, 2, 3, 32, 4, 2, 4);

    @Test
    void anImageCostsTwoViewsThereAndBackAndTwoMoreForwardOnly() {
        double encoder = Flops.classifierMacs(MODEL, 1, 0);
        double projector = 72 * 256 + 256 * 256 + 256 * 64;
        double predictor = 64 * 256 + 256 * 64;
        double query = encoder + projector + predictor;
        double key = encoder + projector;
        assertEquals(2 * 3 * query + 2 * key, stage().macsOfImage(1), 1);
    }

    private static MocoV3Stage stage() {
        MocoV3Recipe recipe = new MocoV3Recipe(
                new Schedule(1, 0, 8, 8, 1e-3, 0, 0),
                new AdamSettings(0.9, 0.999, 0.1, 0),
                256,
                64,
                0.2,
                0.99,
                0.08,
                0.8,
                0.2,
                1,
                0.1,
                0.2);
        DataIdentity data = new DataIdentity(new DataSettings(DataSource.BUNDLED, 0.1, 0, 0, Split.TEST), "");
        return new MocoV3Stage(1, data, MODEL, recipe, 0, Precision.FP32);
    }
}
