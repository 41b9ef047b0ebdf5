package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.results.ResultRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
    private final Plan plan = TestProfile.plan("table1f/grid-75");
    private final PlannedStage pretraining = plan.stages().get(0);

    @TempDir
    Path directory;

    private OutputDirectory output;

    @BeforeEach
    void measure() {
        output = new OutputDirectory(directory);
        Runs.run(output, plan, 1);
    }

    private Pruning pruning() {
        return Pruning.of(plan, output, PublishedStages.NONE);
    }

    @Test
    void weightsThatNothingStartsFromAnyMoreAreFreedAndNothingElse() {
        List<ResultRow> rows = output.results().rows();
        assertEquals(
                Set.of("pretrain", "finetune", "linear-probe", "knn"),
                pruning().files().keySet());
        pruning().remove(output);
        assertTrue(pruning().files().isEmpty());
        assertFalse(Files.exists(output.stage(pretraining.hash()).resolve("weights.safetensors")));
        assertTrue(Files.exists(output.outcome(pretraining.hash())));
        assertEquals(rows, output.results().rows());
        assertEquals(0, Runs.run(output, plan, 1).finished());
    }

    @Test
    void weightsThatAnUnfinishedStageStartsFromStay() throws IOException {
        PlannedStage last = plan.stages().get(plan.stages().size() - 1);
        Files.delete(output.outcome(last.hash()));
        assertEquals(Set.of("finetune", "linear-probe"), pruning().files().keySet());
    }

    @Test
    void checkpointsOfAFinishedStageAreFreedEvenWhereItsWeightsStay() throws IOException {
        Files.delete(output.outcome(plan.stages().get(plan.stages().size() - 1).hash()));
        Path checkpoint = output.stage(pretraining.hash()).resolve("checkpoint-12.safetensors");
        Files.writeString(checkpoint, "left behind");
        assertEquals(List.of(checkpoint), pruning().files().get("pretrain"));
    }

    @Test
    void wherePruningWasBrokenOffNoCheckpointIsLeftWithoutWhatCameBeforeIt() throws IOException {
        for (String name :
                List.of("checkpoint-12.safetensors", "encoder.onnx", "encoder.onnx.data", "weights-025.safetensors")) {
            Files.writeString(output.stage(pretraining.hash()).resolve(name), "heavy");
        }
        assertEquals(
                List.of(
                        "checkpoint-12.safetensors",
                        "encoder.onnx",
                        "encoder.onnx.data",
                        "weights-025.safetensors",
                        "weights.safetensors"),
                pruning().files().get("pretrain").stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @Test
    void aStageThatIsAskedForLaterHasThemComputedAgain() throws IOException {
        List<ResultRow> rows = output.results().rows();
        pruning().remove(output);
        PlannedStage last = plan.stages().get(plan.stages().size() - 1);
        Files.delete(output.outcome(last.hash()));
        assertEquals(2, Runs.run(output, plan, 1).finished());
        assertEquals(rows, output.results().rows());
    }
}
