package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theDeviationDividesByCountMinusOne() {
        Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertEquals(5, spread.mean(), 1e-12);
        assertEquals(Math.sqrt(32.0 / 7), spread.standardDeviation().getAsDouble(), 1e-12);
    }

    @Test
    void oneSeedHasNoSpread() {
        Spread spread = Spread.of(71.2);
        assertEquals(OptionalDouble.empty(), spread.standardDeviation());
    }

    @Test
    void noMeasurementIsNoSpread() {
        assertThrows(IllegalArgumentException.class, () -> Spread.of());
    }
}
