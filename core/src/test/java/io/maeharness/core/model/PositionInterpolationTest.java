package io.maeharness.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.engine.Torch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionInterpolationTest {
    private static final int WIDTH = 8;

    @Test
    void theSameGridKeepsEveryPosition() {
        float[] table = SinCosPositions.table(WIDTH, 4);
        assertArrayEquals(table, PositionInterpolation.bicubic(table, WIDTH, 4, 4));
    }

    @Test
    void theClassTokensRowStays() {
        float[] table = SinCosPositions.table(WIDTH, 4);
        table[3] = 7;
        assertEquals(7, PositionInterpolation.bicubic(table, WIDTH, 4, 8)[3]);
    }

    @ParameterizedTest
    @CsvSource({"4, 8", "14, 28", "8, 12", "7, 5"})
    void aTableIsInterpolatedAsTheEngineDoes(int from, int to) {
        float[] table = SinCosPositions.table(4, from);
        assertArrayEquals(engine(table, from, to), PositionInterpolation.bicubic(table, 4, from, to), 1e-5f);
    }

    private static float[] engine(float[] table, int from, int to) {
        float[] expected = new float[(1 + to * to) * 4];
        try (NDManager manager = Torch.open("cpu");
                Script script = Script.load(
                        manager,
                        List.of(new ScriptSource(PositionInterpolationTest.class, "bicubic.py")),
                        "Bicubic",
                        Map.of("training", false, "side", to))) {
            for (int channel = 0; channel < 4; channel++) {
                float[] plane = new float[from * from];
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = table[(1 + i) * 4 + channel];
                }
                float[] resized = script.call(
                                "resize", new ScriptArguments().add(manager.create(plane, new Shape(1, 1, from, from))))
                        .singletonOrThrow()
                        .toFloatArray();
                for (int i = 0; i < resized.length; i++) {
                    expected[(1 + i) * 4 + channel] = resized[i];
                }
            }
        }
        return expected;
    }

    @Test
    void aTableOfAnotherGridIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> PositionInterpolation.bicubic(new float[8], WIDTH, 4, 8));
    }
}
