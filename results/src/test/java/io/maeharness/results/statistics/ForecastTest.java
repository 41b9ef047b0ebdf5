package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForecastTest {
    private static final Contrast NOW = new Contrast(1.2, 0.7 * Math.sqrt(2.0 / 3), 8);

    @ParameterizedTest
    @CsvSource({"5, 16, 0.15, 0.2629", "8, 28, 0.20, 0.6452", "12, 44, 0.20, 0.7711"})
    void predictsTheDecisionOfALaterLook(int later, double freedom, double weight, double probability) {
        double level = 0.05 * weight / 3;

        assertEquals(probability, new Forecast(NOW, 3, later, freedom).above(0, level), 1e-4);
    }

    @Test
    void bothDirectionsMirror() {
        Contrast mirrored = new Contrast(-1.2, NOW.standardError(), 8);

        assertEquals(
                new Forecast(NOW, 3, 5, 16).above(0, 0.01), new Forecast(mirrored, 3, 5, 16).below(0, 0.01), 1e-12);
        assertTrue(new Forecast(NOW, 3, 5, 16).below(0, 0.01) < 0.001);
    }

    @Test
    void refusesToLookBack() {
        assertThrows(IllegalArgumentException.class, () -> new Forecast(NOW, 3, 3, 16));
    }
}
