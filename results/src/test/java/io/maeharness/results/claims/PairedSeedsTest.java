package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.results.CellKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedSeedsTest {
    private static final CellKey A = new CellKey("table1a", "a", "ft");
    private static final CellKey B = new CellKey("table1a", "b", "ft");
    private static final Component DIFFERENCE = new Component(Map.of(A, 1.0, B, -1.0), 0, 1, false);

    private static ContrastEstimate estimate(Variance variance, Map<Long, Double> a, Map<Long, Double> b) {
        Claim claim = new Claim("x", "table1a", true, "here", "something", List.of(DIFFERENCE), Scale.POINTS, variance);
        return new PairedSeeds(Map.of(A, a, B, b)).estimate(claim, DIFFERENCE);
    }

    @Test
    void theDifferencesOfTheSeedsThatAllCellsHaveGiveMeanAndError() {
        assertEquals(
                new ContrastEstimate.Estimated(2, 1, 1),
                estimate(Variance.POOLED, Map.of(0L, 11.0, 1L, 13.0, 2L, 90.0), Map.of(0L, 10.0, 1L, 10.0)));
    }

    @Test
    void aCellWithoutAValueIsNamed() {
        assertEquals(
                new ContrastEstimate.Missing("table1a/b ft has no value"),
                estimate(Variance.POOLED, Map.of(0L, 11.0), Map.of()));
    }

    @Test
    void oneSeedHasNoError() {
        assertEquals(
                new ContrastEstimate.WithoutError(1, "1 seed"),
                estimate(Variance.POOLED, Map.of(0L, 11.0), Map.of(0L, 10.0)));
    }

    @Test
    void seedsThatChangeNothingHaveNoErrorEither() {
        assertEquals(
                new ContrastEstimate.WithoutError(1, "no variation over seeds; is the seed used?"),
                estimate(Variance.POOLED, Map.of(0L, 11.0, 1L, 12.0), Map.of(0L, 10.0, 1L, 11.0)));
    }

    @Test
    void whatIsCountedNeedsNone() {
        assertEquals(new ContrastEstimate.Counted(1), estimate(Variance.COUNTED, Map.of(0L, 11.0), Map.of(0L, 10.0)));
    }
}
