package io.maeharness.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitialisationTest {
    private static final List<Long> QKV = List.of(192L, 64L);

    @Test
    void separateXavierGivesQueriesKeysAndValuesTheBoundOfTheirOwnMatrix() {
        assertBound(Math.sqrt(6.0 / (64 + 64)), draw(Initialisation.XAVIER_UNIFORM_QKV, QKV));
    }

    @Test
    void commonXavierGivesThemTheBoundOfTheStackedMatrix() {
        assertBound(Math.sqrt(6.0 / (192 + 64)), draw(Initialisation.XAVIER_UNIFORM, QKV));
    }

    @Test
    void uniformByFanInHasTheBoundOfTheInputs() {
        assertBound(1 / Math.sqrt(64), draw(Initialisation.UNIFORM_FAN_IN, QKV));
    }

    @Test
    void mocoV3sClassTokenIsNearlyZero() {
        double square = 0;
        float[] values = draw(Initialisation.NORMAL_1E6, List.of(1L, 1L, 4096L));
        for (float value : values) {
            square += (double) value * value;
        }
        assertEquals(1e-6, Math.sqrt(square / values.length), 1e-7);
    }

    private static float[] draw(Initialisation initialisation, List<Long> shape) {
        ParameterSpec spec = new ParameterSpec("blocks.0.attn.qkv.weight", shape, initialisation, true);
        float[] values = new float[(int) spec.count()];
        initialisation.fill(values, spec, new StageRandom(1).at(Purpose.INITIALISATION, 0, 0));
        return values;
    }

    /** All lie within the bound, and the largest of so many comes near it. */
    private static void assertBound(double bound, float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest <= bound && largest > 0.99 * bound, largest + " for " + bound);
    }
}
