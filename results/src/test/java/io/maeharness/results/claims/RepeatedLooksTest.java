package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.LookPlan;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepeatedLooksTest {
    private static final List<CellKey> CELLS = List.of(cell("a"), cell("b"), cell("c"), cell("d"), cell("e"));
    private static final Component B_LESS_A = new Component(Map.of(cell("b"), 1.0, cell("a"), -1.0), 0, 1, false);
    private static final ProfileClaim CLAIM = new ProfileClaim(
            new Claim(
                    "table1a-b",
                    "table1a",
                    true,
                    "place",
                    "statement",
                    List.of(B_LESS_A),
                    Scale.POINTS,
                    Variance.POOLED),
            List.of(B_LESS_A));

    private static CellKey cell(String row) {
        return new CellKey("table1a", row, "ft");
    }

    /** Cell b lies an effect above the others, residuals have deviation 1. */
    private static MeasuredTables measured(int seeds, double effect, int seedsOfLast) {
        Random random = new Random(5);
        Map<CellKey, Map<Long, Double>> values = new TreeMap<>();
        CELLS.forEach(cell -> values.put(cell, new TreeMap<>()));
        for (long seed = 0; seed < seeds; seed++) {
            for (CellKey cell : CELLS) {
                double value = 70 + random.nextGaussian() + (cell.equals(cell("b")) ? effect : 0);
                if (!cell.equals(cell("a")) || seed < seedsOfLast) {
                    values.get(cell).put(seed, value);
                }
            }
        }
        return new MeasuredTables(values, cell -> "");
    }

    private static Evidence looked(MeasuredTables tables) {
        return new RepeatedLooks(tables, LookPlan.STANDARD).of(List.of(CLAIM)).get(0);
    }

    @Test
    void theFirstLookCostsTenTimesItsProbability() {
        MeasuredTables tables = measured(2, 4, 2);
        double plain = Evidence.of(CLAIM, new LayoutContrasts(tables)).pHolds();
        assertEquals(plain / 0.10, looked(tables).pHolds(), 1e-12);
    }

    @Test
    void aLookThatDecidedIsNotTakenBackByLaterSeeds() {
        double first = looked(measured(2, 6, 2)).pHolds();
        assertTrue(looked(measured(4, 6, 4)).pHolds() <= first);
    }

    @Test
    void betweenLooksNothingIsDecidedAnew() {
        assertEquals(
                looked(measured(3, 2, 3)).pHolds(), looked(measured(4, 2, 4)).pHolds(), 1e-12);
    }

    @Test
    void aLookIsReachedWhenAllCellsHaveTheSeeds() {
        assertEquals(1, looked(measured(3, 9, 1)).pHolds());
        assertEquals(1, new RepeatedLooks(measured(3, 9, 1), LookPlan.STANDARD).seedsOf(List.of(CLAIM)));
    }
}
