package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.StageProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process may be killed after the last step of a stage, before its outcome is on disk. */
class KilledStageTest {
    @TempDir
    Path directory;

    /** Writes a checkpoint after every step. */
    private StageEnvironment environment(StageProgress progress) {
        return new StageEnvironment(directory, Optional.empty(), "cpu", Duration.ZERO, progress, () -> false);
    }

    @ParameterizedTest
    @CsvSource({"pretrain,1", "finetune,0", "scratch,0", "probe,0"})
    void afterItsLastStepItRepeatsNextToNothingAndEndsWithTheSameBits(String kind, int repeated) throws IOException {
        Stage stage =
                switch (kind) {
                    case "pretrain" -> Tiny.pretrain();
                    case "finetune" -> Tiny.finetune(Optional.of(Tiny.pretrain()), -1);
                    case "scratch" -> Tiny.finetune(Optional.empty(), -1);
                    default -> Tiny.probe(Optional.of(Tiny.pretrain()));
                };
        stage.parent().ifPresent(parent -> new StageExecutor.Direct().execute(parent, Tiny.environment(directory)));
        StageOutcome expected = new StageExecutor.Direct().execute(stage, environment(StageProgress.silent()));
        byte[] weights = weights(stage);

        Begin begin = new Begin();
        StageOutcome resumed = new StageExecutor.Direct().execute(stage, environment(begin));

        assertEquals(repeated, begin.total - begin.first);
        assertEquals(expected.metrics(), resumed.metrics());
        assertEquals(expected.correct(), resumed.correct());
        assertEquals(expected.draws(), resumed.draws());
        assertEquals(expected.facts(), resumed.facts());
        assertArrayEquals(weights, weights(stage));
    }

    @Test
    void aSnapshotThatIsGoneIsMadeAgain() throws IOException {
        new StageExecutor.Direct().execute(Tiny.pretrain(), environment(StageProgress.silent()));
        Path snapshot =
                Tiny.environment(directory).directoryOf(Tiny.pretrain()).resolve(FinishedWeights.snapshotFile(50));
        byte[] expected = Files.readAllBytes(snapshot);
        Files.delete(snapshot);
        Begin begin = new Begin();
        new StageExecutor.Direct().execute(Tiny.pretrain(), environment(begin));
        assertEquals(0, begin.first);
        assertArrayEquals(expected, Files.readAllBytes(snapshot));
    }

    /** So that a curve has no hole where a stage goes on after a power cut. */
    @Test
    void beforeEachCheckpointProgressIsToldToKeepWhatItHeard() {
        Keeping keeping = new Keeping();
        new StageExecutor.Direct().execute(Tiny.pretrain(), environment(keeping));
        assertTrue(keeping.steps > 2);
        assertEquals(keeping.steps - 1, keeping.checkpoints, "a checkpoint after every step but the last");
        assertEquals(0, keeping.late, "a checkpoint was told after the next step");
    }

    private byte[] weights(Stage stage) throws IOException {
        return Files.readAllBytes(Tiny.environment(directory).directoryOf(stage).resolve(FinishedWeights.FILE));
    }

    /** Keeps where a stage began. */
    private static final class Begin implements StageProgress {
        private long first;
        private long total;

        @Override
        public void started(long firstStep, long totalSteps) {
            first = firstStep;
            total = totalSteps;
        }

        @Override
        public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {}

        @Override
        public void phase(String what) {}
    }

    /** Counts steps and checkpoints. */
    private static final class Keeping implements StageProgress {
        private int steps;
        private int checkpoints;
        private int late;

        @Override
        public void started(long firstStep, long totalSteps) {}

        @Override
        public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {
            late += checkpoints == steps ? 0 : 1;
            steps++;
        }

        @Override
        public void checkpointing() {
            checkpoints++;
        }

        @Override
        public void phase(String what) {}
    }
}
