package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.statistics.ConjunctionForecast.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConjunctionForecastTest {
    private static final double LEVEL = 0.01;

    @Test
    void theWeakestStatementLimitsTheConjunction() {
        ConjunctionForecast both = new ConjunctionForecast(List.of(statement(3), statement(0.1)));

        assertEquals(forecast(0.1).above(0, LEVEL), both.holds(LEVEL), 1e-12);
    }

    @Test
    void oneFailingStatementContradictsAtItsShareOfTheLevel() {
        ConjunctionForecast both = new ConjunctionForecast(List.of(statement(3), statement(-2)));

        assertEquals(forecast(-2).below(1, LEVEL / 2), both.contradicted(LEVEL), 1e-12);
        assertTrue(both.decided(LEVEL) > 0.9);
    }

    @Test
    void refusesAnEmptyConjunction() {
        assertThrows(IllegalArgumentException.class, () -> new ConjunctionForecast(List.of()));
    }

    private static Statement statement(double value) {
        return new Statement(forecast(value), 0, 1);
    }

    private static Forecast forecast(double value) {
        return new Forecast(new Contrast(value, 0.6, 8), 3, 8, 28);
    }
}
