package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.worker.FakeExecutor;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingStageTest {
    @TempDir
    Path directory;

    private OutputDirectory output;

    @BeforeEach
    void open() {
        output = new OutputDirectory(directory);
    }

    @Test
    void whatStartsFromAFailedStageIsSkippedWithTheReason() {
        Runs.run(output, Runs.withRatio(FakeExecutor.FAILING_RATIO), 1);
        List<ResultRow> skipped = Runs.rows(output, "custom", ResultState.SKIPPED);
        assertEquals(5, skipped.size());
        assertEquals("pretrain failed: loss is NaN at step 3", skipped.get(0).reason());
    }

    @Test
    void aFailedStageDoesNotStopTheOthers() {
        Plan plan = Runs.withRatio(FakeExecutor.FAILING_RATIO);
        RunSummary summary = Runs.run(output, plan, 2);
        assertEquals(12, Runs.rows(output, "table1c", ResultState.MEASURED).size());
        assertEquals(1, summary.failures().size());
        assertEquals(3, summary.skipped());
        assertEquals(plan.stages().size() - 4, summary.finished());
    }

    @Test
    void aFailedStageIsTriedAgainInTheNextRun() {
        Plan plan = Runs.withRatio(FakeExecutor.FAILING_RATIO);
        Runs.run(output, plan, 2);
        RunSummary again = Runs.run(output, plan, 1);
        assertEquals(1, again.failures().size());
        assertEquals(0, again.finished());
    }

    @Test
    void aWorkerThatDiesIsAFailureThatNamesExitCodeAndLog() {
        RunSummary summary = Runs.run(output, Runs.withRatio(FakeExecutor.DEADLY_RATIO), 1);
        assertEquals(
                "the worker process died (exit code 134, signal 6); see " + output.log(0),
                summary.failures().get(0).reason());
        assertTrue(Files.exists(output.log(0)));
    }

    @Test
    void aWorkerThatDiedIsReplaced() {
        Runs.run(output, Runs.withRatio(FakeExecutor.DEADLY_RATIO), 1);
        assertEquals(12, Runs.rows(output, "table1c", ResultState.MEASURED).size());
    }

    @Test
    void aValueThatIsNoNumberIsAFailure() {
        RunSummary summary = Runs.run(output, Runs.withRatio(FakeExecutor.NAN_RATIO), 1);
        assertEquals(
                "the stage ended without a finite value for {loss=NaN}",
                summary.failures().get(0).reason());
    }

    @Test
    void aFullDiskEndsTheRunAndLeavesEarlierResultsIntact() {
        Runs.run(output, TestProfile.plan("table1c"), 1);
        List<ResultRow> before = Runs.rows(output, "table1c", ResultState.MEASURED);
        Plan plan = Runs.withRatio(FakeExecutor.DISK_RATIO);
        HarnessException thrown = assertThrows(HarnessException.class, () -> Runs.run(output, plan, 2));
        assertEquals(HarnessException.Kind.DISK, thrown.kind());
        assertEquals(before, Runs.rows(output, "table1c", ResultState.MEASURED));
        assertEquals(5, Runs.rows(output, "custom", ResultState.PENDING).size());
    }
}
