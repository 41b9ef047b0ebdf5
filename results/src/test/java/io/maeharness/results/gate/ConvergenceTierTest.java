package io.maeharness.results.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.GateFinding.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvergenceTierTest {
    @TempDir
    private Path directory;

    private ResultStore store(String name, int cells, double drop, double... values) {
        ResultStore store = new ResultStore(directory.resolve(name));
        for (int cell = 0; cell < cells; cell++) {
            for (int seed = 0; seed < values.length; seed++) {
                String stage = "s" + cell + "x" + seed;
                double value = values[seed] - (cell == 0 ? drop : 0);
                store.put(List.of(ResultRow.measured("table1a", "depth-" + cell, "ft", seed, value, stage, stage)));
            }
        }
        return store;
    }

    private static final double[] TEN = {70, 70.2, 69.8, 70.1, 69.9, 70.3, 69.7, 70.05, 69.95, 70};
    private static final double[] FIVE = {70, 70.2, 69.8, 70.1, 69.9};

    private GateReport report(Optional<CellKey> only, double drop, double... values) {
        return new GateReport(
                "accuracies",
                new ConvergenceTier(only).compare(store("measured", 4, drop, values), store("reference", 4, 0, TEN)));
    }

    @Test
    void aDropOfOneCellFailsItAtTheLevelDividedByTheirNumber() {
        GateReport report = report(Optional.empty(), 2, FIVE);
        assertEquals(Status.REGRESSION, report.verdict());
        assertEquals("4 compared: 3 same, 1 regression", report.line());
        GateFinding worst = report.worstFirst().get(0);
        assertEquals("table1a/depth-0 ft", worst.name());
        assertTrue(worst.detail().endsWith("level 0.05 / 4 cells = 0.0125"), worst::detail);
        assertTrue(worst.detail().startsWith("mean 68.00 of 5 seeds without their extremes, limit 69."), worst::detail);
    }

    @Test
    void aNamedCellIsComparedAloneAtTheLevelItself() {
        GateReport report = report(Optional.of(new CellKey("table1a", "depth-1", "ft")), 2, FIVE);
        assertEquals(Status.SAME, report.verdict());
        assertEquals(1, report.findings().size());
        assertTrue(report.findings().get(0).detail().endsWith("level 0.05 of one cell"));
    }

    @Test
    void twoSeedsOrMoreThanTheReferenceHasCannotBeTold() {
        assertEquals(Status.CANNOT_TELL, report(Optional.empty(), 0, 70, 70.1).verdict());
        double[] eleven = new double[11];
        Arrays.setAll(eleven, seed -> 70 + seed / 10.0);
        assertEquals(Status.CANNOT_TELL, report(Optional.empty(), 0, eleven).verdict());
    }

    @Test
    void everyFormatNamesTheRuleAndItsLevel() {
        GateReport report = report(Optional.empty(), 2, FIVE);
        assertTrue(GateFormats.junit(report).contains("<testsuite name=\"convergence\" tests=\"4\" failures=\"1\""));
        assertTrue(GateFormats.junit(report).contains("level 0.05 / 4 cells = 0.0125"));
        assertTrue(
                GateFormats.markdown(report).contains("| regression | convergence | table1a/depth-0 ft | mean 68.00"));
        assertTrue(GateFormats.benchmark(report).contains("\"convergence: table1a/depth-0 ft\""));
        assertTrue(GateFormats.benchmark(report).contains("level 0.05 / 4 cells = 0.0125"));
    }
}
