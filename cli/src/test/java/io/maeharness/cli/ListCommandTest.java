package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.ResultRow;
import io.maeharness.workbench.Compute;
import io.maeharness.workbench.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
    @TempDir
    private Path output;

    @Test
    void valuesThatNobodyAskedForYetAreCountedToo() {
        Session session = new Session(
                ProfileLoader.load("smoke"),
                new Compute(List.of("cpu"), Precision.FP32, 1, true),
                Optional.empty(),
                output);
        List<PlannedCell> cells =
                session.plan(session.selection(List.of("table1c"))).cells();
        PlannedCell first = cells.stream()
                .filter(PlannedCell.Measured.class::isInstance)
                .findFirst()
                .orElseThrow();
        session.output()
                .results()
                .put(List.of(ResultRow.measured(
                        first.key().table(),
                        first.key().caseKey(),
                        first.key().metric(),
                        first.seed(),
                        50,
                        first.stage(),
                        "")));
        CommandLineRun run = CommandLineRun.of(
                "list", "--profile", "smoke", "--precision", "fp32", "--device", "cpu", "--output", output.toString());
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("values: 1 measured, " + (cells.size() - 1) + " pending"), run.toString());
        assertTrue(run.out().contains("nothing measured yet"), run.toString());
    }
}
