package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.checkpoint.Safetensors;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.frozen.LinearProbeStage;
import io.maeharness.core.model.Classifier;
import io.maeharness.core.model.FrozenLeaves;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.supervised.FinetuneStage;
import io.maeharness.core.train.Accuracy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished stages leave as files that do what the stage did. */
class StageExportTest {
    @TempDir
    private static Path stages;

    @TempDir
    private Path directory;

    @BeforeAll
    static void pretrain() {
        TinyRun.compute(TinyRun.pretrain(), stages);
    }

    @Test
    void aFineTunedModelHasTheAccuracyOfItsStage() {
        assertSameAccuracy(TinyRun.finetune(Optional.of(TinyRun.pretrain()), Precision.FP32));
    }

    @Test
    void aModelFromScratchHasTheAccuracyOfItsStage() {
        assertSameAccuracy(TinyRun.finetune(Optional.empty(), Precision.FP32));
    }

    @Test
    void aProbeOfTheClassTokenHasTheAccuracyOfItsStage() {
        assertSameAccuracy(TinyRun.probe(Optional.of(TinyRun.pretrain()), Pooling.CLS));
    }

    @Test
    void aProbeOfTheMeanHasTheAccuracyOfItsStage() {
        assertSameAccuracy(TinyRun.probe(Optional.of(TinyRun.pretrain()), Pooling.GAP));
    }

    @Test
    void aProbeOfRandomWeightsHasTheAccuracyOfItsStage() {
        assertSameAccuracy(TinyRun.probe(Optional.empty(), Pooling.CLS));
    }

    @Test
    void aModelTrainedInBf16HasTheAccuracyOfItsWeightsInFp32() {
        FinetuneStage stage = TinyRun.finetune(Optional.of(TinyRun.pretrain()), Precision.BF16);
        TinyRun.compute(stage, stages);
        assertEquals(accuracyOfTheEngine(stage), evaluated(stage).top1());
    }

    private void assertSameAccuracy(Stage stage) {
        StageOutcome outcome = TinyRun.compute(stage, stages);
        OnnxEvaluation evaluation = evaluated(stage);
        assertEquals(outcome.metrics().get("top1"), evaluation.top1());
        assertEquals(outcome.metrics().get("top5"), evaluation.top5().orElseThrow());
        assertTrue(evaluation.provider().startsWith("CPU ("), evaluation.provider());
    }

    private OnnxEvaluation evaluated(Stage stage) {
        Path file = directory.resolve("model.onnx");
        assertEquals(List.of(file), TinyRun.export(stage, stages).onnx(Opset.V17, file));
        AtomicInteger classified = new AtomicInteger();
        OnnxEvaluation evaluation = OnnxEvaluation.of(
                file,
                StageData.of(TinyRun.DATA, Optional.empty()),
                32,
                PixelChoice.Given.NOTHING,
                "cpu",
                (done, all) -> classified.set(done));
        assertEquals(evaluation.images(), classified.get());
        return evaluation;
    }

    private static double accuracyOfTheEngine(FinetuneStage stage) {
        StageData data = StageData.of(stage.data(), Optional.empty());
        Accuracy accuracy = new Accuracy("the model", "the images");
        try (NDManager manager = Torch.open("cpu");
                Classifier classifier =
                        new Classifier(manager, stage.model(), Precision.FP32, EncoderForm.PLAIN, 8, spec -> false);
                BatchLoader loader = new BatchLoader(
                        data.held(), new EvaluationTransform(), data.statistics(), 32, new StageRandom(0), 0)) {
            Weights weights = Weights.of(
                    manager,
                    Layout.classifier(stage.model(), 1, 10),
                    FinishedWeights.read(manager, stages.resolve(StageHash.of(stage))));
            int count = data.held().size();
            var batch = loader.load(0, IntStream.range(0, count).toArray());
            NDArray images = manager.create(batch.images(), new Shape(count, 1, 32, 32));
            try (FrozenLeaves leaves = classifier.leaves(weights)) {
                accuracy.add(classifier.logits(images, leaves).toFloatArray(), batch.labels(), count, 10);
            }
        }
        return accuracy.top1();
    }

    @Test
    void neighboursHaveNothingToExport() {
        KnnStage stage = TinyRun.neighbours(TinyRun.pretrain());
        HarnessException refused = assertThrows(HarnessException.class, () -> TinyRun.export(stage, stages));
        assertEquals(HarnessException.Kind.USAGE, refused.kind());
        assertTrue(refused.getMessage().contains("./mae export " + StageHash.of(TinyRun.pretrain())));
    }

    @Test
    void theSafetensorsOfAPretrainingAreItsWeightsAndTheFixedPositions() {
        Path file = directory.resolve("mae.safetensors");
        TinyRun.export(TinyRun.pretrain(), stages).safetensors(file);
        try (NDManager manager = Torch.open("cpu")) {
            Map<String, NDArray> written = Safetensors.read(manager, file).arrays();
            FinishedWeights.read(manager, stages.resolve(StageHash.of(TinyRun.pretrain())))
                    .forEach((name, array) -> assertArrayEquals(
                            array.toFloatArray(), written.get(name).toFloatArray(), name));
            assertArrayEquals(
                    SinCosPositions.table(24, 4), written.get("pos_embed").toFloatArray());
            assertEquals(new Shape(1, 17, 16), written.get("decoder_pos_embed").getShape());
        }
    }

    @Test
    void theSafetensorsOfAProbeAreNamedAsTheOfficialProbe() {
        LinearProbeStage stage = TinyRun.probe(Optional.of(TinyRun.pretrain()), Pooling.CLS);
        TinyRun.compute(stage, stages);
        Set<String> names = names(stage);
        assertTrue(names.containsAll(
                Set.of("head.0.running_mean", "head.0.running_var", "head.1.weight", "head.1.bias", "norm.weight")));
        assertFalse(names.contains("mask_token"));
    }

    @Test
    void theSafetensorsOfAFineTunedModelHaveNoNormThatItDoesNotUse() {
        FinetuneStage stage = TinyRun.finetune(Optional.of(TinyRun.pretrain()), Precision.FP32);
        TinyRun.compute(stage, stages);
        Set<String> names = names(stage);
        assertTrue(names.containsAll(Set.of("pos_embed", "fc_norm.weight", "head.weight")));
        assertFalse(names.contains("norm.weight"));
    }

    private Set<String> names(Stage stage) {
        Path file = directory.resolve("weights.safetensors");
        TinyRun.export(stage, stages).safetensors(file);
        try (NDManager manager = Torch.open("cpu")) {
            return Set.copyOf(Safetensors.read(manager, file).arrays().keySet());
        }
    }
}
