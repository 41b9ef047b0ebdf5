package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CellSpreadTest {
    @Test
    void aCellOfPenicillinVariesByBlockAndResidual() {
        CellSpread spread =
                CellSpread.of(TwoWayLayout.of(WorkedLayouts.PENICILLIN)).orElseThrow();

        assertEquals(30.625, spread.variance(), 1e-9);
        assertEquals(11.07455, spread.degreesOfFreedom(), 1e-5);
        assertEquals(5.442690, spread.halfWidth(5), 1e-6);
    }

    @Test
    void aSingleCaseVariesAsItsSeedsDo() {
        CellSpread spread =
                CellSpread.of(TwoWayLayout.of(new double[][] {{80, 81, 82}})).orElseThrow();

        assertEquals(1, spread.variance(), 1e-12);
        assertEquals(2, spread.degreesOfFreedom(), 1e-12);
    }

    @Test
    void missingCellsLeaveTheSpreadUnbiased() {
        Random random = new Random(19);
        double sum = 0;
        int runs = 4000;
        for (int run = 0; run < runs; run++) {
            double[][] values = Simulation.table(random, 4, 5, 1);
            values[1][0] = Double.NaN;
            values[2][3] = Double.NaN;
            values[3][3] = Double.NaN;
            sum += CellSpread.of(TwoWayLayout.of(values)).orElseThrow().variance();
        }
        assertEquals(2, sum / runs, 0.05);
    }

    @Test
    void oneSeedHasNoSpread() {
        assertTrue(CellSpread.of(TwoWayLayout.of(new double[][] {{80}, {81}})).isEmpty());
    }
}
