package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class UnevenNoiseTest {
    @Test
    void penicillinIsEven() {
        assertFalse(UnevenNoise.of(TwoWayLayout.of(WorkedLayouts.PENICILLIN), 1).isUneven());
    }

    @Test
    void namesTheNoisiestCase() {
        double[][] values = Simulation.table(new Random(2), 6, 8, 0.5);
        for (int s = 0; s < 8; s++) {
            values[3][s] += s % 2 == 0 ? 10 : -10;
        }
        UnevenNoise noise = UnevenNoise.of(TwoWayLayout.of(values), 1);

        assertTrue(noise.isUneven());
        assertEquals(3, noise.noisiest());
    }

    @Test
    void theSameSeedGivesTheSameProbability() {
        TwoWayLayout layout = WorkedLayouts.penicillinWithout(new int[] {1, 0});

        assertEquals(UnevenNoise.of(layout, 4), UnevenNoise.of(layout, 4));
    }

    /** Their residuals are the same numbers with the other sign, up to rounding of the arithmetic. */
    @Test
    void twoCasesAreNeverUneven() {
        TwoWayLayout layout = TwoWayLayout.of(new double[][] {{72.01, 71.19}, {74.2, 74.21}});
        assertEquals(1, UnevenNoise.of(layout, 0).pValue());
    }
}
