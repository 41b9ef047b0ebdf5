package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.results.LossCurve;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorTest {
    @TempDir
    Path directory;

    private final Plan plan = TestProfile.plan("table1f/grid-75");
    private OutputDirectory output;

    @BeforeEach
    void open() {
        output = new OutputDirectory(directory.resolve("one"));
    }

    @Test
    void aTableIsFilledByAWorkerProcess() {
        RunSummary summary = Runs.run(output, plan, 1);
        assertEquals(plan.stages().size(), summary.finished());
        List<ResultRow> rows = output.results().rows();
        assertEquals(plan.cells().size(), rows.size());
        assertTrue(rows.stream().allMatch(row -> row.state() == ResultState.MEASURED));
    }

    @Test
    void oneAndTwoWorkersGiveTheSameRows() {
        Plan table = TestProfile.plan("table1f");
        Runs.run(output, table, 1);
        OutputDirectory other = new OutputDirectory(directory.resolve("two"));
        Runs.run(other, table, 2);
        assertEquals(output.results().rows(), other.results().rows());
    }

    @Test
    void aFinishedPlanIsNotRunAgain() {
        Runs.run(output, plan, 2);
        RunSummary again = Runs.run(output, plan, 2);
        assertEquals(0, again.finished());
        assertEquals(plan.stages().size(), again.reused());
    }

    @Test
    void rowsAndProvenanceAreMadeAgainFromOutcomes() throws IOException {
        Runs.run(output, plan, 2);
        List<ResultRow> rows = output.results().rows();
        Files.delete(output.results().file());
        String key = rows.get(0).provenance();
        Provenance provenance = output.results().provenance().read(key).orElseThrow();
        Files.delete(output.results().provenance().file(key));
        Runs.run(output, plan, 1);
        assertEquals(rows, output.results().rows());
        assertEquals(provenance, output.results().provenance().read(key).orElseThrow());
    }

    @Test
    void forceRunsEverythingAgainAndGivesTheSame() {
        Runs.run(output, plan, 2);
        List<ResultRow> rows = output.results().rows();
        RunSummary again = Runs.run(output, plan, RunOptions.onCpu(2).withForce(true), RunListener.SILENT);
        assertEquals(plan.stages().size(), again.finished());
        assertEquals(rows, output.results().rows());
    }

    @Test
    void aDamagedOutcomeIsComputedAgain() throws IOException {
        Runs.run(output, plan, 2);
        List<ResultRow> rows = output.results().rows();
        Path outcome = output.outcome(plan.cells().stream()
                .map(cell -> ((PlannedCell.Measured) cell).stage())
                .findFirst()
                .orElseThrow());
        Files.writeString(outcome, Files.readString(outcome).substring(0, 30));
        assertEquals(1, Runs.run(output, plan, 1).finished());
        assertEquals(rows, output.results().rows());
    }

    @Test
    void aPreTrainingWhoseEvaluationsAreFinishedIsNotNeeded() throws IOException {
        Runs.run(output, plan, 2);
        for (PlannedStage stage : plan.stages()) {
            if (stage.parent().isEmpty()) {
                Files.delete(output.outcome(stage.hash()));
            }
        }
        assertEquals(0, Runs.run(output, plan, 1).finished());
    }

    @Test
    void everyTrainingStageHasItsLossCurve() {
        Runs.run(output, plan, 2);
        for (PlannedStage stage : plan.stages()) {
            assertEquals(
                    20,
                    LossCurve.read(LossCurve.file(output.results().curves(), stage.hash()))
                            .size());
        }
    }

    @Test
    void theListenerHearsEveryStageAndTheTablesThatChange() {
        List<String> heard = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void stageFinished(int worker, PlannedStage stage, double seconds) {
                heard.add(stage.stage().kind());
            }

            @Override
            public void rowsChanged(Set<String> tables) {
                heard.addAll(tables);
            }
        };
        Runs.run(output, plan, RunOptions.onCpu(1), listener);
        assertEquals(List.of("pretrain", "finetune", "table1f", "linear-probe", "table1f", "knn", "table1f"), heard);
    }

    @Test
    void nothingElseRunsWhileTimeIsMeasured() {
        List<String> trace = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void stageTaken(int worker, PlannedStage stage) {
                trace.add("+" + stage.stage().kind());
            }

            @Override
            public void stageFinished(int worker, PlannedStage stage, double seconds) {
                trace.add("-" + stage.stage().kind());
            }
        };
        Plan mixed = TestProfile.plan("table2/own-depth-8", "context/raw-pixels", "table2/vit-l-depth-8", "table1f");
        Runs.run(output, mixed, RunOptions.onCpu(2), listener);
        int first = trace.indexOf("+wall-clock");
        assertEquals(
                List.of("+wall-clock", "-wall-clock", "+wall-clock", "-wall-clock"),
                trace.subList(first, trace.size()));
        assertEquals(2 * mixed.stages().size(), trace.size());
    }

    @Test
    void provenanceSaysWhatComputedTheStageAndHow() {
        Runs.run(output, plan, 1);
        ResultRow row = output.results().rows().get(0);
        Provenance provenance =
                output.results().provenance().read(row.provenance()).orElseThrow();
        assertEquals(row.stage(), provenance.stage().hash());
        assertEquals("Fake", provenance.engine().name());
        assertEquals("fp32", provenance.engine().precision());
        assertEquals("cpu", provenance.engine().device());
        assertEquals("yes", provenance.stage().configuration().at("/facts/fake").asText());
        assertFalse(provenance.host().processor().isBlank());
    }
}
