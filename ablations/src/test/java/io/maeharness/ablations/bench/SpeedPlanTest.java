package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedPlanTest {
    private static final double GIGA = 1e9;
    /** About the step of the reference configuration. */
    private static final double IMAGE_FLOPS = 0.2 * GIGA;

    private static SpeedPlan at(double gigaFlops) {
        return SpeedPlan.of(256, IMAGE_FLOPS / (gigaFlops * GIGA), gigaFlops * GIGA);
    }

    private static List<Integer> sides(SpeedPlan plan) {
        return plan.products().stream().map(SpeedPlan.Product::side).toList();
    }

    @Test
    void aFastMachineMeasuresAllSidesAndTheWholeBatch() {
        assertEquals(256, at(500).batch());
        assertEquals(List.of(1024, 2048, 4096), sides(at(500)));
    }

    @Test
    void aSlowMachineLeavesOutWhatWouldTakeMinutes() {
        assertTrue(at(2).batch() <= 64, at(2).toString());
        assertEquals(List.of(1024), sides(at(2)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2, 5, 20, 50, 100, 1000})
    void allRoundsEndWithinFiveMinutes(double gigaFlops) {
        double seconds = SpeedPlan.ROUNDS * at(gigaFlops).roundSeconds();
        assertTrue(seconds < 270, seconds + " s");
    }
}
