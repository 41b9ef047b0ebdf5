package io.maeharness.baselines.dino;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.StageProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DinoStageTest {
    @TempDir
    Path directory;

    private static StageExecutor.Direct executor() {
        return new StageExecutor.Direct();
    }

    private static StageEnvironment environment(Path stages, StageProgress progress, BooleanSupplier stop) {
        return new StageEnvironment(stages, Optional.empty(), "cpu", Duration.ofHours(1), progress, stop);
    }

    private static StageEnvironment environment(Path stages) {
        return environment(stages, StageProgress.silent(), () -> false);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5})
    void aTrainingCutAnywhereEndsWithTheSameBits(int cut) throws IOException {
        DinoStage stage = TinyDino.stage(TinyDino.recipe());
        Path whole = directory.resolve("whole");
        Path pieces = directory.resolve("pieces");
        StageOutcome expected = executor().execute(stage, environment(whole));

        AtomicLong steps = new AtomicLong();
        StageEnvironment stopping = environment(pieces, new CountSteps(steps), () -> steps.get() >= cut);
        assertThrows(StageInterruptedException.class, () -> executor().execute(stage, stopping));
        StageOutcome resumed = executor().execute(stage, environment(pieces));

        assertEquals(expected.metrics(), resumed.metrics());
        assertEquals(expected.facts(), resumed.facts());
        assertArrayEquals(weights(stage, whole), weights(stage, pieces));
    }

    private static byte[] weights(Stage stage, Path stages) throws IOException {
        return Files.readAllBytes(environment(stages).directoryOf(stage).resolve(FinishedWeights.FILE));
    }

    @Test
    void itsEncoderIsReadByLaterStages() {
        DinoStage stage = TinyDino.stage(TinyDino.recipe());
        executor().execute(stage, environment(directory));
        KnnStage knn = new KnnStage(
                1,
                stage.data(),
                stage.model(),
                Optional.of(stage),
                false,
                new KnnRecipe(5, 0.07, Pooling.CLS),
                7,
                Precision.FP32);
        double top1 = executor().execute(knn, environment(directory)).metrics().get("top1");
        assertTrue(top1 > 15, "top1 " + top1); // chance is 10
    }

    @Test
    void localCropsAreMadeOfWholePatches() {
        DinoRecipe recipe = TinyDino.recipe("localSize", "20");
        String message = assertThrows(IllegalArgumentException.class, () -> TinyDino.stage(recipe))
                .getMessage();
        assertTrue(message.startsWith("model.patchSize 8 must divide dino.localSize 20"), message);
    }

    private record CountSteps(AtomicLong steps) implements StageProgress {
        @Override
        public void started(long firstStep, long totalSteps) {}

        @Override
        public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {
            steps.incrementAndGet();
        }

        @Override
        public void phase(String what) {}
    }
}
