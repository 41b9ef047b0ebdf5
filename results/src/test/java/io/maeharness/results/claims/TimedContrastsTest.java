package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.maeharness.results.CellKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimedContrastsTest {
    private static final CellKey FAST = new CellKey("table2", "fast", "hours");
    private static final CellKey SLOW = new CellKey("table2", "slow", "hours");
    private static final Component RATIO = new Component(Map.of(SLOW, 1.0, FAST, -1.0), 0, 0.1, false);
    private static final Claim CLAIM = new Claim(
            "table2-speedup",
            "table2",
            true,
            "place",
            "statement",
            List.of(RATIO),
            Claim.Scale.LOG,
            Claim.Variance.POOLED);

    private static Map<CellKey, Map<Long, Double>> timings(double spread) {
        Map<CellKey, Map<Long, Double>> values = new HashMap<>();
        values.put(FAST, Map.of(0L, 10.0));
        values.put(SLOW, Map.of(0L, 30.0));
        for (String row : List.of("fast", "slow")) {
            values.put(new CellKey("table2", row, "ms"), Map.of(0L, 100.0));
            values.put(new CellKey("table2", row, "spread"), Map.of(0L, spread));
        }
        return values;
    }

    @Test
    void theRangeOfThreeProcessesTellsTheErrorOfALogarithmicRatio() {
        var estimate = assertInstanceOf(
                ContrastEstimate.Estimated.class, new TimedContrasts(timings(16.93), 3).estimate(CLAIM, RATIO));
        assertEquals(Math.log(3), estimate.value(), 1e-12);
        assertEquals(0.1 * Math.sqrt(2 * 0.4487), estimate.standardError(), 1e-9);
        assertEquals(4, estimate.degreesOfFreedom());
    }

    @Test
    void oneProcessTellsNoError() {
        assertInstanceOf(ContrastEstimate.WithoutError.class, new TimedContrasts(timings(0), 1).estimate(CLAIM, RATIO));
    }

    @Test
    void aRowWithoutATimeIsMissing() {
        assertInstanceOf(ContrastEstimate.Missing.class, new TimedContrasts(Map.of(), 3).estimate(CLAIM, RATIO));
    }
}
