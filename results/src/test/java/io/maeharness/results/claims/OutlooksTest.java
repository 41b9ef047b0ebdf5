package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.LookPlan;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutlooksTest {
    private static final int ROWS = 8;
    private static final double PRESUMED = 1;
    private static final Component SECOND_ABOVE_FIRST =
            new Component(Map.of(cell("table1a", 1), 1.0, cell("table1a", 0), -1.0), 0, 0.4, false);
    private static final ProfileClaim CLAIM = claim(SECOND_ABOVE_FIRST);

    private static ProfileClaim claim(Component component) {
        return new ProfileClaim(
                new Claim(
                        "table1a-second",
                        "table1a",
                        true,
                        "place",
                        "statement",
                        List.of(component),
                        Claim.Scale.POINTS,
                        Claim.Variance.POOLED),
                List.of(component));
    }

    private static CellKey cell(String table, int row) {
        return new CellKey(table, "row-" + row, "ft");
    }

    /** Rows of which the second lies an effect above the others; residuals have deviation 1. */
    private static Map<CellKey, Map<Long, Double>> measured(String table, int seeds, double effect, Random random) {
        Map<CellKey, Map<Long, Double>> values = new TreeMap<>();
        for (int row = 0; row < ROWS; row++) {
            Map<Long, Double> bySeed = new TreeMap<>();
            for (long seed = 0; seed < seeds; seed++) {
                bySeed.put(seed, 70 + random.nextGaussian() + (row == 1 ? effect : 0));
            }
            values.put(cell(table, row), bySeed);
        }
        return values;
    }

    private static MeasuredTables tables(Map<CellKey, Map<Long, Double>> values) {
        return new MeasuredTables(values, cell -> "");
    }

    /** As if nothing had been decided yet. */
    private static Outlook outlook(MeasuredTables tables) {
        Evidence evidence = Evidence.of(CLAIM, new LayoutContrasts(tables));
        return new Outlooks(tables, LookPlan.STANDARD, PRESUMED)
                .of(List.of(new Decision(evidence, Verdict.NOT_RESOLVED, "")))
                .get(0);
    }

    private static Outlook outlook(double effect) {
        Map<CellKey, Map<Long, Double>> values = measured("table1a", 2, 0, new Random(1));
        for (long seed = 0; seed < 2; seed++) {
            values.get(cell("table1a", 1))
                    .put(seed, values.get(cell("table1a", 0)).get(seed) + effect);
        }
        return outlook(tables(values));
    }

    @Test
    void theLargerTheEffectTheFewerSeedsItTakes() {
        assertEquals(OptionalInt.of(3), outlook(5).seedsItTakes());
        assertEquals(OptionalInt.of(3), outlook(-5).seedsItTakes());
        int middling = outlook(2).seedsItTakes().orElse(Integer.MAX_VALUE);
        assertTrue(middling > 3, "" + middling);
        assertEquals("about 3 seeds would decide it", outlook(5).inWords());
    }

    /** Between the two thresholds, the nearer to the middle the longer it takes. */
    @Test
    void anEffectOnTheVergeTakesMoreThanAllLooks() {
        Outlook verge = outlook(0.2);
        assertEquals(OptionalInt.empty(), verge.seedsItTakes());
        assertEquals("more than 20 seeds would be needed", verge.inWords());
    }

    /** With truths from far and wide, what is foretold is what comes to pass. */
    @Test
    void foretoldDecisionsComeToPass() {
        Random random = new Random(7);
        int look = 5;
        int trials = 1000;
        double foretold = 0;
        int passed = 0;
        for (int trial = 0; trial < trials; trial++) {
            double truth = 0.5 + 4 * random.nextGaussian();
            Map<CellKey, Map<Long, Double>> later = measured("table1a", look, truth, random);
            foretold += outlook(tables(later).below(2)).decidedAt(look);
            Evidence then = Evidence.of(CLAIM, new LayoutContrasts(tables(later)));
            double level = FamilyVerdicts.LEVEL * LookPlan.STANDARD.weight(look);
            passed += then.pHolds() <= level || then.pContradicted() <= level ? 1 : 0;
        }
        assertEquals(passed / (double) trials, foretold / trials, 0.05);
    }

    @Test
    void oneSeedIsForetoldByTheNoiseOfOtherTables() {
        Map<CellKey, Map<Long, Double>> values = measured("table1a", 1, 0, new Random(3));
        values.put(cell("table1a", 1), Map.of(0L, values.get(cell("table1a", 0)).get(0L) + 6));
        double alone = outlook(tables(values)).decidedAt(3);
        Map<CellKey, Map<Long, Double>> withOthers = new TreeMap<>(values);
        withOthers.putAll(measured("table1b", 5, 0, new Random(4)));
        double informed = outlook(tables(withOthers)).decidedAt(3);
        assertTrue(informed > alone, informed + " against " + alone);
        assertTrue(informed > 0.9, "" + informed);
        assertTrue(alone > 0 && alone < 0.9, "" + alone);
    }

    @Test
    void whatIsDecidedHasNoOutlook() {
        MeasuredTables tables = tables(measured("table1a", 2, 9, new Random(1)));
        Evidence evidence = Evidence.of(CLAIM, new LayoutContrasts(tables));
        assertTrue(new Outlooks(tables, LookPlan.STANDARD, PRESUMED)
                .of(List.of(new Decision(evidence, Verdict.HOLDS, "")))
                .isEmpty());
    }

    @Test
    void afterTheLastLookNothingIsToCome() {
        Outlook over = outlook(tables(measured("table1a", 20, 0.5, new Random(1))));
        assertTrue(over.isFutile());
        assertEquals("the last look is over", over.inWords());
        assertFalse(outlook(5).isFutile());
    }
}
