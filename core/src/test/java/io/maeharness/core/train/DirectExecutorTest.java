package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.PositionInterpolation;
import io.maeharness.core.model.Weights;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.pretrain.ReconstructStage;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.StageProgress;
import io.maeharness.core.supervised.FinetuneStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectExecutorTest {
    @TempDir
    Path directory;

    @Test
    void everyKindOfStageYieldsItsMetrics() {
        StageEnvironment environment = Tiny.environment(directory);
        StageExecutor.Direct executor = new StageExecutor.Direct();
        Optional<EncoderStage> encoder = Optional.of(Tiny.pretrain());
        for (Stage stage : List.of(
                Tiny.pretrain(),
                Tiny.finetune(encoder, -1),
                Tiny.finetune(encoder, 0.5),
                Tiny.finetune(encoder, 1),
                Tiny.finetune(Optional.empty(), -1),
                Tiny.probe(encoder),
                Tiny.probe(Optional.empty()),
                Tiny.knn(encoder, false),
                Tiny.knn(Optional.empty(), true))) {
            StageOutcome outcome = executor.execute(stage, environment);
            assertEquals(
                    List.copyOf(stage.metrics()).stream().sorted().toList(),
                    outcome.metrics().keySet().stream().sorted().toList(),
                    stage.kind());
            outcome.metrics().values().forEach(v -> assertTrue(Double.isFinite(v), stage.kind()));
        }
    }

    @Test
    void theEncoderIsKeptAfterEachQuarterOfItsPreTraining() {
        StageEnvironment environment = Tiny.environment(directory);
        StageExecutor.Direct executor = new StageExecutor.Direct();
        executor.execute(Tiny.pretrain(), environment);
        KnnStage whole = Tiny.knn(Optional.of(Tiny.pretrain()), false);
        for (int percent : List.of(25, 50, 75)) {
            StageOutcome outcome = executor.execute(Tiny.after(whole, percent), environment);
            assertTrue(outcome.metrics().get("top1") > 0);
        }
    }

    @Test
    void fineTuningAtTwiceTheResolutionStartsFromInterpolatedPositions() {
        StageEnvironment environment = Tiny.environment(directory);
        StageExecutor.Direct executor = new StageExecutor.Direct();
        executor.execute(Tiny.pretrain(), environment);
        FinetuneStage doubled = Tiny.atTwiceTheResolution(Tiny.finetune(Optional.of(Tiny.pretrain()), -1));
        assertTrue(
                Double.isFinite(executor.execute(doubled, environment).metrics().get("top1")));
    }

    @Test
    void learnedPositionsOfAnEncoderAreInterpolatedToo() {
        LearnedStage imported = new LearnedStage(1, Tiny.pretrain().data(), Tiny.MODEL, 7, Precision.FP32);
        FinetuneStage doubled = Tiny.atTwiceTheResolution(Tiny.finetune(Optional.of(imported), 0));
        try (NDManager manager = Torch.open("cpu")) {
            Weights weights = Weights.initialise(
                    manager,
                    Layout.encoder(Tiny.MODEL, 1, EncoderForm.LEARNED_POSITIONS),
                    new StageRandom(7),
                    Purpose.INITIALISATION);
            FinishedWeights.write(directory.resolve(StageHash.of(imported)), weights.byName());
            new StageExecutor.Direct().execute(doubled, Tiny.environment(directory));
            float[] positions = FinishedWeights.read(manager, directory.resolve(StageHash.of(doubled)))
                    .get("pos_embed")
                    .toFloatArray();
            assertArrayEquals(
                    PositionInterpolation.bicubic(
                            weights.byName().get("pos_embed").toFloatArray(),
                            Tiny.MODEL.encoderDim(),
                            Tiny.MODEL.gridSize(),
                            doubled.model().gridSize()),
                    positions);
        }
    }

    @Test
    void withAWeightAverageBothAccuraciesAreReported() {
        StageOutcome outcome =
                new StageExecutor.Direct().execute(Tiny.finetune(Optional.empty(), -1), Tiny.environment(directory));
        assertTrue(outcome.metrics().containsKey("top1-without-ema"));
    }

    @ParameterizedTest
    @CsvSource({"random,true,pixel", "block,false,pixel-norm", "grid,false,pca", "random,false,pixel"})
    void pretrainingLearnsWithEveryVariantAndPrecision(String sampling, boolean maskTokens, String target) {
        for (Precision precision : Precision.values()) {
            AtomicLong first = new AtomicLong();
            StageProgress progress = new FirstLoss(first);
            PretrainStage stage = Tiny.pretrain(Tiny.recipe(sampling, maskTokens, target), precision);
            double last = new StageExecutor.Direct()
                    .execute(stage, Tiny.environment(directory, progress, () -> false))
                    .metrics()
                    .get("loss");
            assertTrue(last < Double.longBitsToDouble(first.get()), "loss " + last);
        }
    }

    @ParameterizedTest
    @CsvSource({"pretrain,1", "pretrain,5", "pretrain,8", "finetune,3", "scratch,4", "probe,5"})
    void aStageCutAnywhereEndsWithTheSameBits(String kind, int cut) throws IOException {
        Stage stage =
                switch (kind) {
                    case "pretrain" -> Tiny.pretrain();
                    case "finetune" -> Tiny.finetune(Optional.of(Tiny.pretrain()), -1);
                    case "scratch" -> Tiny.finetune(Optional.empty(), -1);
                    default -> Tiny.probe(Optional.of(Tiny.pretrain()));
                };
        Path whole = directory.resolve("whole");
        Path pieces = directory.resolve("pieces");
        stage.parent().ifPresent(p -> List.of(whole, pieces)
                .forEach(d -> new StageExecutor.Direct().execute(p, Tiny.environment(d))));
        StageOutcome expected = new StageExecutor.Direct().execute(stage, Tiny.environment(whole));

        AtomicLong asked = new AtomicLong();
        StageEnvironment stopping = Tiny.environment(pieces, new CountSteps(asked), () -> asked.get() >= cut);
        assertThrows(StageInterruptedException.class, () -> new StageExecutor.Direct().execute(stage, stopping));
        StageOutcome resumed = new StageExecutor.Direct().execute(stage, Tiny.environment(pieces));

        assertEquals(expected.metrics(), resumed.metrics());
        assertArrayEquals(weights(stage, whole), weights(stage, pieces));
    }

    @Test
    void anAccuracyIsTheShareOfItsBits() {
        StageEnvironment environment = Tiny.environment(directory);
        StageExecutor.Direct executor = new StageExecutor.Direct();
        executor.execute(Tiny.pretrain(), environment);
        for (Stage stage : List.of(
                Tiny.finetune(Optional.empty(), -1),
                Tiny.probe(Optional.of(Tiny.pretrain())),
                Tiny.knn(Optional.of(Tiny.pretrain()), false),
                Tiny.knn(Optional.empty(), true))) {
            StageOutcome outcome = executor.execute(stage, environment);
            outcome.correct().forEach((metric, bits) -> {
                int right = BitSet.valueOf(Base64.getDecoder().decode(bits)).cardinality();
                double percent = 100.0 * right / Tiny.DATA.testLimit();
                assertEquals(outcome.metrics().get(metric), percent, 1e-9, stage.kind() + "/" + metric);
            });
            assertTrue(outcome.correct().containsKey("top1"), stage.kind());
        }
    }

    @Test
    void equalDrawsHaveEqualFingerprintsWhateverTheMasks() {
        StageEnvironment environment = Tiny.environment(directory);
        StageExecutor.Direct executor = new StageExecutor.Direct();
        Map<String, String> random =
                executor.execute(Tiny.pretrain(), environment).draws();
        Map<String, String> block = executor.execute(
                        Tiny.pretrain(Tiny.recipe("block", false, "pixel"), Precision.FP32), environment)
                .draws();
        assertEquals(random.get(Fingerprint.WEIGHTS), block.get(Fingerprint.WEIGHTS));
        assertEquals(random.get(Fingerprint.ORDER), block.get(Fingerprint.ORDER));
        assertNotEquals(random.get(Fingerprint.MASKS), block.get(Fingerprint.MASKS));
        assertEquals(16, random.get(Fingerprint.MASKS).length());
    }

    @Test
    void weightsCutInHalfAreNamedInOneLine() throws IOException {
        StageEnvironment environment = Tiny.environment(directory);
        new StageExecutor.Direct().execute(Tiny.pretrain(), environment);
        Path file = environment.directoryOf(Tiny.pretrain()).resolve(FinishedWeights.FILE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        HarnessException e = assertThrows(HarnessException.class, () -> new StageExecutor.Direct()
                .execute(Tiny.probe(Optional.of(Tiny.pretrain())), environment));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void reconstructionsAreDrawnThreeInARow() throws IOException {
        StageEnvironment environment = Tiny.environment(directory);
        ReconstructStage stage =
                new ReconstructStage(1, Tiny.pretrain().data(), Tiny.MODEL, Tiny.pretrain(), 2, 7, Precision.FP32);
        new StageExecutor.Direct().execute(Tiny.pretrain(), environment);
        new StageExecutor.Direct().execute(stage, environment);
        var picture = ImageIO.read(
                environment.directoryOf(stage).resolve(ReconstructStage.PICTURE).toFile());
        assertTrue(picture.getWidth() > picture.getHeight());
    }

    private static byte[] weights(Stage stage, Path stages) throws IOException {
        return Files.readAllBytes(Tiny.environment(stages).directoryOf(stage).resolve(FinishedWeights.FILE));
    }

    private record FirstLoss(AtomicLong bits) implements StageProgress {
        @Override
        public void started(long firstStep, long totalSteps) {}

        @Override
        public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {
            if (step == 1) {
                bits.set(Double.doubleToLongBits(loss));
            }
        }

        @Override
        public void phase(String what) {}
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
