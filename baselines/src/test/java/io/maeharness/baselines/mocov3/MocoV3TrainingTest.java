package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.StageProgress;
import io.maeharness.core.train.FinishedWeights;
import io.maeharness.core.train.StageContext;
import io.maeharness.core.train.StageData;
import io.maeharness.core.train.TrainingExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MocoV3TrainingTest {
    @TempDir
    Path directory;

    private static StageOutcome execute(EncoderStage.MocoV3 stage, StageEnvironment environment) {
        return new TrainingExecutor(List.of(new MocoV3())).execute(stage, environment);
    }

    private static StageEnvironment environment(Path stages, StageProgress progress, BooleanSupplier stop) {
        return new StageEnvironment(stages, Optional.empty(), "cpu", Duration.ofHours(1), progress, stop);
    }

    private static StageEnvironment environment(Path stages) {
        return environment(stages, StageProgress.silent(), () -> false);
    }

    private static byte[] weights(EncoderStage.MocoV3 stage, Path stages) throws IOException {
        return Files.readAllBytes(environment(stages).directoryOf(stage).resolve(FinishedWeights.FILE));
    }

    @ParameterizedTest
    @CsvSource({"1,32", "4,32", "5,16"})
    void aStageCutAnywhereEndsWithTheSameBits(int cut, int microBatch) throws IOException {
        EncoderStage.MocoV3 stage = TinyContrast.stage(2, microBatch, Precision.FP32);
        Path whole = directory.resolve("whole");
        Path pieces = directory.resolve("pieces");
        StageOutcome expected = execute(stage, environment(whole));

        AtomicLong steps = new AtomicLong();
        StageEnvironment stopping = environment(pieces, new Losses(steps, new double[6]), () -> steps.get() >= cut);
        assertThrows(StageInterruptedException.class, () -> execute(stage, stopping));
        StageOutcome resumed = execute(stage, environment(pieces));

        assertEquals(expected.metrics(), resumed.metrics());
        assertArrayEquals(weights(stage, whole), weights(stage, pieces));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void trainingLowersTheLoss(Precision precision) {
        double[] losses = new double[30];
        execute(
                TinyContrast.stage(10, 32, precision),
                environment(directory, new Losses(new AtomicLong(), losses), () -> false));
        double first = Arrays.stream(losses, 0, 3).average().orElseThrow();
        double last = Arrays.stream(losses, 27, 30).average().orElseThrow();
        assertTrue(last < 0.8 * first, Arrays.toString(losses));
    }

    @Test
    void trainingMovesEverythingButThePatchProjection() {
        try (NDManager manager = Torch.open("cpu");
                MocoV3Training training = open(manager)) {
            Map<String, float[]> before = copy(training.encoder());
            training.step(0, 1e-3);
            training.encoder().forEach((name, array) -> {
                boolean same = Arrays.equals(before.get(name), array.toFloatArray());
                assertEquals(name.startsWith("patch_embed.proj."), same, name);
            });
        }
    }

    @Test
    void theMomentumEncoderFollowsBeforeTheKeysAreMade() {
        try (NDManager manager = Torch.open("cpu");
                MocoV3Training training = open(manager)) {
            Map<String, float[]> start = copy(training.state());
            training.step(0, 1e-3);
            assertArrayEquals(start.get("key/norm.weight"), copy(training.state()).get("key/norm.weight"));
            float[] query = copy(training.state()).get("param/norm.weight");
            training.step(1, 1e-3);
            double momentum = new MomentumSchedule(0.9).at(1 / 6.0);
            float[] followed = copy(training.state()).get("key/norm.weight");
            for (int i = 0; i < followed.length; i++) {
                double expected = momentum * start.get("key/norm.weight")[i] + (1 - momentum) * query[i];
                assertEquals(expected, followed[i], 1e-6);
            }
        }
    }

    @Test
    void afterTrainingQueriesFindTheirKeysFarMoreOftenThanByChance() {
        try (NDManager manager = Torch.open("cpu");
                MocoV3Training training = open(manager, 20)) {
            for (int step = 0; step < 60; step++) {
                training.step(step, TinyContrast.recipe(20, 32).schedule().lrAt(step / 3.0));
            }
            double percent = Double.parseDouble(
                    training.facts().values().iterator().next());
            assertTrue(percent > 5 * 100.0 / 32, training.facts().toString());
        }
    }

    @Test
    void runningStatisticsOfBothBranchesAreKept() {
        try (NDManager manager = Torch.open("cpu");
                MocoV3Training training = open(manager)) {
            Map<String, float[]> before = copy(training.state());
            training.step(0, 1e-3);
            Map<String, float[]> after = copy(training.state());
            for (String name : List.of(
                    "param/projector.1.running_mean", "param/predictor.4.running_var", "key/projector.7.running_var")) {
                assertFalse(Arrays.equals(before.get(name), after.get(name)), name);
            }
        }
    }

    private static Map<String, float[]> copy(Map<String, NDArray> arrays) {
        return arrays.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, e -> e.getValue().toFloatArray()));
    }

    private MocoV3Training open(NDManager manager) {
        return open(manager, 2);
    }

    private MocoV3Training open(NDManager manager, double epochs) {
        EncoderStage.MocoV3 stage = TinyContrast.stage(epochs, 32, Precision.FP32);
        StageData data = StageData.of(stage.data(), Optional.empty());
        return new MocoV3Training(stage, new StageContext(data, environment(directory), manager));
    }

    private record Losses(AtomicLong steps, double[] losses) implements StageProgress {
        @Override
        public void started(long firstStep, long totalSteps) {}

        @Override
        public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {
            steps.incrementAndGet();
            losses[(int) step - 1] = loss;
        }

        @Override
        public void phase(String what) {}
    }
}
