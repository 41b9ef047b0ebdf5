package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.statistics.LookPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                    Claim.Scale.POINTS,
                    Claim.Variance.POOLED),
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

    private static RepeatedLooks withLedger(MeasuredTables tables, Path directory) {
        return new RepeatedLooks(tables, LookPlan.STANDARD, LookLedger.in(List.of(directory)));
    }

    /** The same values of table 1a, beside another table from whose residuals may be borrowed, or not. */
    private static MeasuredTables besideAnother(int seedsOfOther) {
        Random random = new Random(8);
        Map<CellKey, Map<Long, Double>> values = new TreeMap<>();
        for (long seed = 0; seed < 2; seed++) {
            for (CellKey cell : CELLS.subList(0, 2)) {
                double value = 70 + 0.01 * random.nextGaussian() + (cell.equals(cell("b")) ? 4 : 0);
                values.computeIfAbsent(cell, c -> new TreeMap<>()).put(seed, value);
            }
        }
        for (long seed = 0; seed < seedsOfOther; seed++) {
            for (int row = 0; row < 12; row++) {
                values.computeIfAbsent(new CellKey("table1b", "row-" + row, "ft"), c -> new TreeMap<>())
                        .put(seed, 70 + random.nextGaussian());
            }
        }
        return new MeasuredTables(values, cell -> "");
    }

    @Test
    void whatALookSawStandsWhenOtherTablesTellMoreOfTheNoise(@TempDir Path directory) {
        RepeatedLooks first = withLedger(besideAnother(0), directory);
        double seen = first.of(List.of(CLAIM)).get(0).pHolds();
        assertEquals(1, first.taken().size());
        LookLedger.add(
                directory,
                first.taken().stream().map(look -> look.signed("now", "abc")).toList());
        assertTrue(Math.abs(looked(besideAnother(5)).pHolds() - seen) > 1e-6, "nothing was borrowed");

        RepeatedLooks second = withLedger(besideAnother(5), directory);
        assertEquals(seen, second.of(List.of(CLAIM)).get(0).pHolds(), 0);
        assertEquals(List.of(), second.taken());
    }

    @Test
    void otherValuesOrThresholdsAreAnotherLook(@TempDir Path directory) {
        RepeatedLooks first = withLedger(measured(2, 4, 2), directory);
        first.of(List.of(CLAIM));
        LookLedger.add(directory, first.taken());
        RepeatedLooks otherValues = withLedger(measured(2, 5, 2), directory);
        otherValues.of(List.of(CLAIM));
        assertEquals(1, otherValues.taken().size());

        Component stricter = new Component(B_LESS_A.coefficients(), 0.5, 1, false);
        RepeatedLooks otherThreshold = withLedger(measured(2, 4, 2), directory);
        otherThreshold.of(List.of(new ProfileClaim(CLAIM.claim(), List.of(stricter))));
        assertEquals(1, otherThreshold.taken().size());
    }

    @Test
    void aDamagedLedgerIsRefusedWithItsLine(@TempDir Path directory) throws IOException {
        RepeatedLooks looks = withLedger(measured(3, 4, 3), directory);
        looks.of(List.of(CLAIM));
        LookLedger.add(directory, looks.taken());
        assertEquals(2, LookLedger.in(List.of(directory)).looks().size());
        Path file = directory.resolve(LookLedger.FILE_NAME);
        Files.writeString(file, Files.readString(file).replaceFirst("table1a-b,3,", "table1a-b,three,"));
        ResultStoreException refusal =
                assertThrows(ResultStoreException.class, () -> LookLedger.in(List.of(directory)));
        assertTrue(refusal.getMessage().contains("is damaged in line 3"), refusal.getMessage());
    }
}
