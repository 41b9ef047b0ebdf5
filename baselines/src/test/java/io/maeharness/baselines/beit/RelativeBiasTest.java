package io.maeharness.baselines.beit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which row of the table two tokens share, as BEiT's public implementation numbers them. */
class RelativeBiasTest {
    private static final int PATCH = 4;

    /** The rows used, found with a table that holds its own row numbers: [(1 + L) * (1 + L)]. */
    private static float[] rows(int grid) {
        ModelSettings model = new ModelSettings(grid * PATCH, PATCH, 8, 1, 1, 4, 1, 1, 1);
        int rows = (2 * grid - 1) * (2 * grid - 1) + 3;
        try (NDManager manager = Torch.open("cpu");
                Script script = VitScript.load(
                        manager,
                        model,
                        Precision.FP32,
                        EncoderForm.RELATIVE_POSITIONS,
                        1,
                        List.of(new ScriptSource(RelativeBiasTest.class, "bias.py")),
                        Map.of())) {
            return script.call(
                            "bias_of_table",
                            new ScriptArguments()
                                    .add(manager.zeros(new Shape(1, 1, model.imageSize(), model.imageSize())))
                                    .add(manager.arange(rows)
                                            .toType(ai.djl.ndarray.types.DataType.FLOAT32, true)
                                            .reshape(rows, 1)))
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    @Test
    void twoByTwoPatchesShareTwelveRows() {
        float[] expected = {
            11, 9, 9, 9, 9, //
            10, 4, 3, 1, 0, //
            10, 5, 4, 2, 1, //
            10, 7, 6, 4, 3, //
            10, 8, 7, 5, 4
        };
        assertArrayEquals(expected, rows(2));
    }

    @Test
    void threeByThreePatchesShareARowForEachOffset() {
        float[] rows = rows(3);
        int tokens = 10;
        assertEquals(27, rows[0]);
        for (int i = 0; i < 9; i++) {
            assertEquals(25, rows[1 + i], "class token to patch " + i);
            assertEquals(26, rows[(1 + i) * tokens], "patch " + i + " to class token");
            for (int j = 0; j < 9; j++) {
                int down = i / 3 - j / 3 + 2;
                int across = i % 3 - j % 3 + 2;
                assertEquals(5 * down + across, rows[(1 + i) * tokens + 1 + j], i + " to " + j);
            }
        }
    }
}
