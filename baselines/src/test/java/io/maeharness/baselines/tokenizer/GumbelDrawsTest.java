package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GumbelDrawsTest {
    private static final int PER_IMAGE = 1000;

    private static float[] draws(long step, int... samples) {
        return new GumbelDraws(new StageRandom(5), PER_IMAGE).of(step, samples).clone();
    }

    @Test
    void theNoiseHasTheMeanAndVarianceOfTheGumbelDistribution() {
        float[] uniform = draws(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        double sum = 0;
        double squares = 0;
        for (float u : uniform) {
            assertTrue(u > 0 && u < 1);
            double gumbel = -Math.log(-Math.log(u));
            sum += gumbel;
            squares += gumbel * gumbel;
        }
        double mean = sum / uniform.length;
        assertEquals(0.5772, mean, 0.05);
        assertEquals(Math.PI * Math.PI / 6, squares / uniform.length - mean * mean, 0.1);
    }

    @Test
    void theNoiseOfASampleDependsOnItsNumberAndTheStepAlone() {
        float[] alone = draws(3, 42);
        assertArrayEquals(alone, Arrays.copyOfRange(draws(3, 7, 42), PER_IMAGE, 2 * PER_IMAGE));
        assertTrue(!Arrays.equals(alone, draws(4, 42)));
    }
}
