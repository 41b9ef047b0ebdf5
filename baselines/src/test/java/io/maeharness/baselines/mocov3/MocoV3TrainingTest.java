package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.StageProgress;
import io.maeharness.core.train.MemberBits;
import io.maeharness.core.train.TrainingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MocoV3TrainingTest {
    @TempDir
    Path directory;

    private static StageOutcome execute(MocoV3Stage stage, StageEnvironment environment) {
        return new StageExecutor.Direct().execute(stage, environment);
    }

    private static StageEnvironment environment(Path stages, StageProgress progress, BooleanSupplier stop) {
        return new StageEnvironment(stages, Optional.empty(), "cpu", Duration.ofHours(1), progress, stop);
    }

    private static StageEnvironment environment(Path stages) {
        return environment(stages, StageProgress.silent(), () -> false);
    }

    private static byte[] weights(MocoV3Stage stage, Path stages) throws IOException {
        return Files.readAllBytes(environment(stages).directoryOf(stage).resolve(FinishedWeights.FILE));
    }

    @ParameterizedTest
    @CsvSource({"1,32", "4,16"})
    void aStageCutAnywhereEndsWithTheSameBits(int cut, int microBatch) throws IOException {
        MocoV3Stage stage = TinyContrast.stage(2, microBatch, Precision.FP32);
        Path whole = directory.resolve("whole");
        Path pieces = directory.resolve("pieces");
        StageOutcome expected = execute(stage, environment(whole));

        Losses losses = new Losses();
        StageEnvironment stopping =
                environment(pieces, losses, () -> losses.losses().size() >= cut);
        assertThrows(StageInterruptedException.class, () -> execute(stage, stopping));
        StageOutcome resumed = execute(stage, environment(pieces));

        assertEquals(expected.metrics(), resumed.metrics());
        assertArrayEquals(weights(stage, whole), weights(stage, pieces));
    }

    /** Heads and loss see the images of all devices. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void theNumberOfDevicesChangesNoBit(Precision precision) {
        MocoV3Stage stage = TinyContrast.stage(2, 16, precision);
        StageData data = StageData.of(stage.data(), Optional.empty());
        MemberBits.demandEqual(
                device -> new MocoV3Training(stage, data, device), precision == Precision.FP32 ? 1e-5 : 1e-2);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void trainingLowersTheLoss(Precision precision) {
        Losses losses = new Losses();
        execute(TinyContrast.stage(8, 32, precision), environment(directory, losses, () -> false));
        assertTrue(losses.mean(21, 24) < 0.95 * losses.mean(0, 3), losses.toString());
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
            assertArrayEquals(
                    start.get("key/norm.weight"), copy(training.state()).get("key/norm.weight"));
            float[] query = copy(training.state()).get("param/norm.weight");
            training.step(1, 1e-3);
            double momentum = new MocoV3Training.MomentumSchedule(0.9).at(1 / 6.0);
            float[] followed = copy(training.state()).get("key/norm.weight");
            for (int i = 0; i < followed.length; i++) {
                double expected = momentum * start.get("key/norm.weight")[i] + (1 - momentum) * query[i];
                assertEquals(expected, followed[i], 1e-6);
            }
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
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toFloatArray()));
    }

    private MocoV3Training open(NDManager manager) {
        MocoV3Stage stage = TinyContrast.stage(2, 32, Precision.FP32);
        StageData data = StageData.of(stage.data(), Optional.empty());
        return new MocoV3Training(stage, data, TrainingDevice.of(manager));
    }

    /** Keeps the loss of every step. */
    private record Losses(List<Double> losses) implements StageProgress {
        Losses() {
            this(new ArrayList<>());
        }

        double mean(int from, int to) {
            return losses.subList(from, to).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
        }

        @Override
        public void started(long firstStep, long totalSteps) {}

        @Override
        public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {
            losses.add(loss);
        }

        @Override
        public void phase(String what) {}
    }

    @Test
    void theMomentumRisesToOneOnHalfACosineAndStaysThere() {
        MocoV3Training.MomentumSchedule schedule = new MocoV3Training.MomentumSchedule(0.99);
        assertEquals(0.99, schedule.at(0), 1e-15);
        assertEquals(0.995, schedule.at(0.5), 1e-15);
        assertEquals(1, schedule.at(1), 0);
        assertEquals(1, schedule.at(1.01), 0);
    }
}
