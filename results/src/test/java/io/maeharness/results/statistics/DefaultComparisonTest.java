package io.maeharness.results.statistics;

import static io.maeharness.results.statistics.WorkedLayouts.PENICILLIN;
import static io.maeharness.results.statistics.WorkedLayouts.SOYBEANS;
import static io.maeharness.results.statistics.WorkedLayouts.penicillinWithout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DefaultComparisonTest {
    @Test
    void comparesPenicillinWithTreatmentA() {
        DefaultComparison comparison = compare(TwoWayLayout.of(PENICILLIN));

        assertAdjusted(comparison, 0.967306, 0.214196, 0.809202);
        assertEquals(2.682870, comparison.critical(), 1e-6);
        assertEquals(7.363652, comparison.rows().get(1).interval().halfWidth(), 1e-5);
        assertEquals(5, comparison.rows().get(1).difference().value(), 1e-9);
    }

    @Test
    void comparesSoybeansWithTheCheck() {
        assertAdjusted(compare(TwoWayLayout.of(SOYBEANS)), 0.021754, 0.267970, 0.037467, 0.012510);
    }

    @Test
    void takesTheSmallestCorrelationAroundMissingCells() {
        TwoWayLayout layout = penicillinWithout(new int[] {3, 4}, new int[] {1, 0});

        assertEquals(0.416168, DefaultComparison.correlation(layout, new int[] {1, 2, 3}, 0), 1e-6);
        assertEquals(2.781496, compare(layout).critical(), 1e-6);
    }

    @Test
    void leavesOutRowsWithoutValues() {
        TwoWayLayout layout =
                TwoWayLayout.of(new double[][] {{1, 2, 4}, {2, 2, 3}, {Double.NaN, Double.NaN, Double.NaN}});

        assertEquals(1, compare(layout).rows().size());
        assertTrue(DefaultComparison.of(layout, 2, new ResidualVariance(1, 4), 0.95)
                .rows()
                .isEmpty());
    }

    @Test
    void refusesATableThatNeverVaried() {
        TwoWayLayout layout = TwoWayLayout.of(PENICILLIN);

        assertThrows(
                IllegalArgumentException.class,
                () -> DefaultComparison.of(layout, 0, new ResidualVariance(0, 12), 0.95));
    }

    private static DefaultComparison compare(TwoWayLayout layout) {
        return DefaultComparison.of(layout, 0, layout.variance().orElseThrow(), 0.95);
    }

    private static void assertAdjusted(DefaultComparison comparison, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], comparison.rows().get(i).adjustedP(), 1e-6);
        }
    }
}
