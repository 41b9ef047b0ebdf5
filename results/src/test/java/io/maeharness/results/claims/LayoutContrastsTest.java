package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.claims.ContrastEstimate.Estimated;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The penicillin data of Box, Hunter and Hunter (1978), p. 209: treatments as cases, blends as seeds. */
class LayoutContrastsTest {
    private static final Map<CellKey, Map<Long, Double>> PENICILLIN = new HashMap<>(Map.of(
            cell("a"), seeds(89, 84, 81, 87, 79),
            cell("b"), seeds(88, 77, 87, 92, 81),
            cell("c"), seeds(97, 92, 87, 89, 80),
            cell("d"), seeds(94, 79, 85, 84, 88)));
    private static final Component C_LESS_A = new Component(Map.of(cell("c"), 1.0, cell("a"), -1.0), 0, 1, false);

    private static CellKey cell(String row) {
        return new CellKey("table1a", row, "ft");
    }

    private static Map<Long, Double> seeds(double... values) {
        Map<Long, Double> bySeed = new TreeMap<>();
        for (int seed = 0; seed < values.length; seed++) {
            bySeed.put((long) seed, values[seed]);
        }
        return bySeed;
    }

    private static Claim claim(Component component, Claim.Variance variance) {
        return new Claim(
                "table1a-c", "table1a", true, "place", "statement", List.of(component), Claim.Scale.POINTS, variance);
    }

    private static ContrastEstimate estimate(
            Map<CellKey, Map<Long, Double>> values, Component component, Claim.Variance variance) {
        return new LayoutContrasts(new MeasuredTables(values, cell -> ""))
                .estimate(claim(component, variance), component);
    }

    @Test
    void theErrorOfADifferenceComesFromAllResidualsOfTheTable() {
        Estimated estimate = assertInstanceOf(Estimated.class, estimate(PENICILLIN, C_LESS_A, Claim.Variance.POOLED));
        assertEquals(5, estimate.value(), 1e-9);
        assertEquals(2.744692, estimate.standardError(), 1e-6);
        assertEquals(12, estimate.degreesOfFreedom(), 1e-9);
        assertEquals(0.046753, estimate.pAbove(0), 1e-6);
    }

    @Test
    void aClaimOfItsOwnVarianceIsAPairedTest() {
        Estimated estimate = assertInstanceOf(Estimated.class, estimate(PENICILLIN, C_LESS_A, Claim.Variance.OWN));
        assertEquals(3.370999, estimate.statistic(0), 1e-6);
        assertEquals(4, estimate.degreesOfFreedom());
    }

    @Test
    void theSameTrainingUnderTwoNamesIsOneRow() {
        Map<CellKey, Map<Long, Double>> values = new HashMap<>(PENICILLIN);
        values.put(cell("a-again"), values.get(cell("a")));
        assertEquals(
                estimate(PENICILLIN, C_LESS_A, Claim.Variance.POOLED),
                estimate(values, C_LESS_A, Claim.Variance.POOLED));
    }

    @Test
    void aRowThatSeedsDoNotMoveIsNoEvidenceOfSmallNoise() {
        Map<CellKey, Map<Long, Double>> values = new HashMap<>(PENICILLIN);
        values.put(cell("constant"), seeds(50, 50, 50, 50, 50));
        assertEquals(
                estimate(PENICILLIN, C_LESS_A, Claim.Variance.POOLED),
                estimate(values, C_LESS_A, Claim.Variance.POOLED));
    }

    @Test
    void oneSeedHasNoErrorAndAMissingCellNoValue() {
        Map<CellKey, Map<Long, Double>> one = Map.of(cell("a"), seeds(80), cell("c"), seeds(85));
        assertInstanceOf(ContrastEstimate.WithoutError.class, estimate(one, C_LESS_A, Claim.Variance.POOLED));
        assertInstanceOf(
                ContrastEstimate.Missing.class,
                estimate(Map.of(cell("a"), seeds(80)), C_LESS_A, Claim.Variance.POOLED));
    }

    @Test
    void aCellOfAnotherTableIsARowOfTheLayout() {
        CellKey scratch = new CellKey("context", "scratch", "ft");
        Map<CellKey, Map<Long, Double>> values = new HashMap<>(PENICILLIN);
        values.put(scratch, values.remove(cell("d")));
        Component component = new Component(Map.of(cell("c"), 1.0, scratch, -1.0), 0, 1, false);
        Estimated estimate = assertInstanceOf(Estimated.class, estimate(values, component, Claim.Variance.POOLED));
        assertEquals(2.744692, estimate.standardError(), 1e-6);
    }

    @Test
    void pointsOfTwoTrainingsOfASeedAreInTwoBlocks() {
        Map<CellKey, Map<Long, Double>> values = new HashMap<>();
        for (String series : List.of("mae", "moco")) {
            values.put(new CellKey("figure9", series + "-1", "ft"), seeds(70, 72, 71));
            values.put(new CellKey("figure9", series + "-2", "ft"), seeds(75, 76.5, 76.2));
        }
        values.put(new CellKey("figure9", "moco-1", "ft"), seeds(60, 68, 50));
        values.put(new CellKey("figure9", "moco-2", "ft"), seeds(65, 72.8, 55.4));
        Component within = new Component(
                Map.of(new CellKey("figure9", "mae-2", "ft"), 1.0, new CellKey("figure9", "mae-1", "ft"), -1.0),
                0,
                1,
                false);
        Claim claim = new Claim(
                "figure9-c",
                "figure9",
                true,
                "place",
                "statement",
                List.of(within),
                Claim.Scale.POINTS,
                Claim.Variance.POOLED);
        Estimated two = assertInstanceOf(
                Estimated.class,
                new LayoutContrasts(new MeasuredTables(
                                values, cell -> cell.caseKey().replaceFirst("-.*", "")))
                        .estimate(claim, within));
        assertEquals(4, two.degreesOfFreedom());
        assertTrue(two.standardError() < 0.5, () -> "the wide swings of the other training are blocks: " + two);
    }
}
