package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.worker.FakeWorkerMain;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorTest {
    @TempDir
    Path directory;

    @Test
    void aTableIsFilledByAWorkerProcess() {
        OutputDirectory output = new OutputDirectory(directory);
        Plan plan = TestProfile.plan("table1f");
        RunSummary summary = run(output, plan, 1);
        assertEquals(plan.stages().size(), summary.finished());
        List<ResultRow> rows = output.results().rows();
        assertEquals(plan.cells().size(), rows.size());
        assertTrue(rows.stream().allMatch(row -> row.state() == ResultState.MEASURED));
    }

    private static RunSummary run(OutputDirectory output, Plan plan, int workers) {
        return new Coordinator(output, FakeWorkerMain.COMMAND, RunOptions.onCpu(workers), RunListener.SILENT).run(plan);
    }
}
