package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.TokenizerStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedTokenizerStageTest {
    @TempDir
    Path directory;

    private static StageExecutor.Direct executor() {
        return new StageExecutor.Direct();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTokenizerIsTrainedMeasuredAndDrawn(int wordsPerSide) throws IOException {
        TrainedTokenizerStage stage = TinyTokenizer.stage(TinyTokenizer.recipe(wordsPerSide));
        StageOutcome outcome = executor().execute(stage, TinyTokenizer.environment(directory));
        assertEquals(Set.copyOf(stage.metrics()), outcome.metrics().keySet());
        assertTrue(outcome.metrics().get("reconstruction") < 1.5, outcome.toString());
        assertTrue(outcome.metrics().get("usage") <= 100 && outcome.metrics().get("perplexity") >= 1);
        assertEquals("bundled", outcome.facts().get("tokenizer trained on"));
        Path left = TinyTokenizer.environment(directory).directoryOf(stage);
        for (String picture : List.of(TokenizerPictures.RECONSTRUCTION, TokenizerPictures.CODEBOOK)) {
            assertTrue(ImageIO.read(left.resolve(picture).toFile()).getWidth() > 100, picture);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void aTrainingCutAnywhereEndsWithTheSameBits(int cut) throws IOException {
        TrainedTokenizerStage stage = TinyTokenizer.stage();
        Path whole = directory.resolve("whole");
        Path pieces = directory.resolve("pieces");
        StageOutcome expected = executor().execute(stage, TinyTokenizer.environment(whole));
        CountedSteps steps = new CountedSteps();
        var stopping = TinyTokenizer.environment(pieces, steps, () -> steps.count() >= cut);
        assertThrows(StageInterruptedException.class, () -> executor().execute(stage, stopping));
        StageOutcome resumed = executor().execute(stage, TinyTokenizer.environment(pieces));
        assertEquals(expected.metrics(), resumed.metrics());
        assertArrayEquals(weights(stage, whole), weights(stage, pieces));
    }

    @Test
    void aTrainingKilledDuringItsEvaluationRepeatsNoStepAndEndsWithTheSameBits() throws IOException {
        TrainedTokenizerStage stage = TinyTokenizer.stage();
        CountedSteps steps = new CountedSteps();
        var saving = new StageEnvironment(directory, Optional.empty(), "cpu", Duration.ZERO, steps, () -> false);
        StageOutcome expected = executor().execute(stage, saving);
        long trained = steps.count();
        byte[] weights = weights(stage, directory);
        StageOutcome resumed = executor().execute(stage, saving);
        assertEquals(trained, steps.count());
        assertEquals(expected.metrics(), resumed.metrics());
        assertArrayEquals(weights, weights(stage, directory));
    }

    private static byte[] weights(TokenizerStage stage, Path stages) throws IOException {
        return Files.readAllBytes(
                TinyTokenizer.environment(stages).directoryOf(stage).resolve(FinishedWeights.FILE));
    }
}
