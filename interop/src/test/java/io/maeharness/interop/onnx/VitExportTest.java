package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Classifier;
import io.maeharness.core.model.FeatureExtractor;
import io.maeharness.core.model.FrozenLeaves;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.Weights;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes from the file what the engine computes from the weights, within 1e-4 in fp32. */
class VitExportTest {
    private static final double TOLERANCE = 1e-4;
    private NDManager manager;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** What is exported. */
    record Case(ModelSettings model, int channels, EncoderForm form, Opset opset) {
        float[] images(int count) {
            return RandomVit.images(count, channels, model);
        }

        long[] shape(int count) {
            return new long[] {count, channels, model.imageSize(), model.imageSize()};
        }

        ModelCard card() {
            return RandomVit.card(model, channels, form);
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                        new ModelSettings(32, 4, 48, 3, 3, 24, 1, 2, 4),
                        new ModelSettings(32, 8, 64, 1, 1, 24, 1, 2, 2),
                        new ModelSettings(48, 16, 32, 2, 8, 24, 1, 2, 3))
                .flatMap(model -> Stream.of(
                        new Case(model, 1, EncoderForm.PLAIN, Opset.V17),
                        new Case(model, 3, EncoderForm.PLAIN, Opset.V20),
                        new Case(model, 3, EncoderForm.LEARNED_POSITIONS, Opset.V17),
                        new Case(model, 3, EncoderForm.RELATIVE_POSITIONS, Opset.V17)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEncodersFeaturesAgree(Case one) {
        Weights weights = RandomVit.weights(manager, Layout.encoder(one.model(), one.channels(), one.form()));
        Path file = directory.resolve("encoder.onnx");
        Map<String, NDArray> named = RandomVit.withPositions(manager, weights, one.model());
        VitExport.write(new OnnxFile(file), one.opset(), named, new VitHead.Features(), one.card(), "test");
        for (Pooling pooling : Pooling.values()) {
            try (FeatureExtractor extractor =
                            new FeatureExtractor(manager, one.model(), Precision.FP32, one.form(), pooling);
                    FrozenLeaves leaves = extractor.leaves(weights)) {
                String output = pooling == Pooling.CLS ? "class_token" : "patch_mean";
                assertAgree(file, output, one, images -> extractor.features(images, leaves));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aClassifiersLogitsAgree(Case one) {
        Weights weights = classifierWeights(one);
        Path file = directory.resolve("classifier.onnx");
        VitExport.write(new OnnxFile(file), one.opset(), weights.byName(), new VitHead.FineTuned(), one.card(), "test");
        try (Classifier classifier =
                        new Classifier(manager, one.model(), Precision.FP32, one.form(), 8, spec -> false);
                FrozenLeaves leaves = classifier.leaves(weights)) {
            assertAgree(file, "logits", one, images -> classifier.logits(images, leaves));
        }
    }

    @ParameterizedTest
    @EnumSource(Opset.class)
    void constantsInAFileOfTheirOwnChangeNothing(Opset opset) {
        Case one = new Case(new ModelSettings(32, 8, 64, 2, 4, 24, 1, 2, 2), 3, EncoderForm.PLAIN, opset);
        Weights weights = classifierWeights(one);
        float[][] logits = new float[2][];
        for (int i = 0; i < 2; i++) {
            Path file = directory.resolve("model-" + i + ".onnx");
            OnnxFile written = new OnnxFile(file, i == 0 ? Long.MAX_VALUE : 0);
            List<Path> files =
                    VitExport.write(written, opset, weights.byName(), new VitHead.FineTuned(), one.card(), "test");
            assertEquals(i == 0 ? List.of(file) : List.of(file, OnnxFile.dataOf(file)), files);
            logits[i] = run(file, "logits", one, 2);
        }
        assertArrayEquals(logits[0], logits[1]);
    }

    @Test
    void theFileSaysWhatItIs() {
        Case one = new Case(new ModelSettings(32, 8, 64, 1, 4, 24, 1, 2, 2), 3, EncoderForm.PLAIN, Opset.V17);
        Path file = directory.resolve("model.onnx");
        Map<String, NDArray> weights = classifierWeights(one).byName();
        VitExport.write(new OnnxFile(file), one.opset(), weights, new VitHead.FineTuned(), one.card(), "test");
        try (OnnxModel loaded = OnnxModel.open(file, 1)) {
            assertEquals(one.card(), loaded.card().orElseThrow());
            assertArrayEquals(new long[] {-1, 3, 32, 32}, loaded.inputShape());
            assertArrayEquals(
                    new long[] {-1, RandomVit.CLASSES}, loaded.outputs().get("logits"));
        }
    }

    private Weights classifierWeights(Case one) {
        return RandomVit.weights(
                manager, Layout.classifier(one.model(), one.channels(), RandomVit.CLASSES, one.form()));
    }

    private void assertAgree(Path file, String output, Case one, Function<NDArray, NDArray> engine) {
        for (int count : new int[] {1, 5}) {
            try (NDManager scope = manager.newSubManager()) {
                float[] expected = engine.apply(scope.create(one.images(count), new Shape(one.shape(count))))
                        .toFloatArray();
                float[] actual = run(file, output, one, count);
                assertEquals(expected.length, actual.length);
                assertTrue(largest(expected) > 0.1, "the outputs are too small to tell");
                assertEquals(0, distance(expected, actual), TOLERANCE, output + " of " + count + " images");
            }
        }
    }

    private static float[] run(Path file, String output, Case one, int count) {
        try (OnnxModel loaded = OnnxModel.open(file, 1)) {
            return loaded.run(one.images(count), one.shape(count), output);
        }
    }

    private static double largest(float[] values) {
        return distance(values, new float[values.length]);
    }

    private static double distance(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
