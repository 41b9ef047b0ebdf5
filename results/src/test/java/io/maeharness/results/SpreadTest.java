package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theDeviationDividesByCountMinusOne() {
        Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertEquals(5, spread.mean(), 1e-12);
        assertEquals(Math.sqrt(32.0 / 7), spread.standardDeviation().getAsDouble(), 1e-12);
        assertEquals(Math.sqrt(32.0 / 7 / 8), spread.standardError().getAsDouble(), 1e-12);
    }

    @Test
    void oneSeedHasNoSpread() {
        Spread spread = Spread.of(71.2);
        assertEquals(OptionalDouble.empty(), spread.standardDeviation());
        assertEquals(OptionalDouble.empty(), spread.standardError());
    }

    @Test
    void noMeasurementIsNoSpread() {
        assertThrows(IllegalArgumentException.class, () -> Spread.of());
    }

    @Test
    void oneKnownDeviationStandsForBothSides() {
        Spread several = new Spread(4, 70, OptionalDouble.of(2));
        assertEquals(
                Math.sqrt(4.0 / 4 + 4.0),
                Spread.of(71).standardErrorOfDifference(several).getAsDouble(),
                1e-12);
        assertEquals(OptionalDouble.empty(), Spread.of(1).standardErrorOfDifference(Spread.of(2)));
    }

    /** Reference: SciPy 1.x, ttest_ind(..., equal_var=False) on the same numbers. */
    @Test
    void welchsTestAgreesWithSciPy() {
        WelchTest test = WelchTest.of(
                        Spread.of(20.4, 24.2, 15.4, 21.4, 20.2, 18.5, 21.5), Spread.of(20.2, 16.9, 18.5, 17.3, 20.5))
                .orElseThrow();
        assertEquals(1.2204174, test.t(), 1e-6);
        assertEquals(9.8172122, test.degreesOfFreedom(), 1e-6);
        assertEquals(0.2508101, test.pValue(), 1e-6);
        assertFalse(test.isSignificant(0.05));
    }

    @Test
    void welchsTestNeedsTwoSeedsOnEachSide() {
        assertEquals(Optional.empty(), WelchTest.of(Spread.of(1), Spread.of(1, 2, 3)));
    }

    @Test
    void meansWithoutAnyVarianceDifferOrDoNot() {
        assertEquals(
                0, WelchTest.of(Spread.of(1, 1), Spread.of(2, 2)).orElseThrow().pValue());
        assertEquals(
                1, WelchTest.of(Spread.of(1, 1), Spread.of(1, 1)).orElseThrow().pValue());
        assertTrue(WelchTest.of(Spread.of(1, 1), Spread.of(2, 2)).orElseThrow().isSignificant(0.05));
    }
}
