package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class LookPlanTest {
    private static final LookPlan PLAN = LookPlan.STANDARD;

    @Test
    void holmOnSequentialProbabilitiesDecidesClaimsOverLooks() {
        double[] second = {PLAN.sequential(.004), PLAN.sequential(.09), PLAN.sequential(.40)};
        double[] third = {PLAN.sequential(.004, .0006), PLAN.sequential(.09, .02), PLAN.sequential(.40, .30)};
        double[] fifth = {
            PLAN.sequential(.004, .0006, .00001), PLAN.sequential(.09, .02, .0018), PLAN.sequential(.40, .30, .12)
        };

        assertArrayEquals(new double[] {.12, 1, 1}, Holm.adjusted(second), 1e-9);
        assertArrayEquals(new double[] {.018, .4, 1}, Holm.adjusted(third), 1e-9);
        assertArrayEquals(new double[] {.0002, .024, .8}, Holm.adjusted(fifth), 1e-6);
        assertEquals(.006, PLAN.sequential(.2, .02, .0009), 1e-9);
    }

    @Test
    void aLookThatWasJumpedOverLosesItsWeight() {
        assertEquals(.04, PLAN.sequential(Double.NaN, .004), 1e-12);
        assertEquals(1, PLAN.sequential());
    }

    @Test
    void oneAnnouncedLookHasAllOfTheLevel() {
        assertEquals(.03, LookPlan.fixed(5).sequential(.03), 1e-12);
    }

    @Test
    void knowsLooksBehindAndAhead() {
        assertEquals(OptionalInt.of(1), PLAN.reached(4));
        assertEquals(OptionalInt.empty(), PLAN.reached(1));
        assertEquals(OptionalInt.of(5), PLAN.next(4));
        assertTrue(PLAN.next(20).isEmpty());
    }

    @Test
    void refusesPlansThatSpendMoreThanTheLevel() {
        assertThrows(IllegalArgumentException.class, () -> new LookPlan(List.of(2, 3), List.of(.6, .6)));
        assertThrows(IllegalArgumentException.class, () -> new LookPlan(List.of(3, 2), List.of(.5, .5)));
        assertThrows(IllegalArgumentException.class, () -> LookPlan.fixed(1));
    }
}
