package io.maeharness.baselines.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Classifier;
import io.maeharness.core.model.FeatureExtractor;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.Weights;
import io.maeharness.core.stage.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    static Stream<Arguments> models() {
        return Stream.of(
                        new ModelSettings(32, 4, 48, 3, 3, 24, 1, 2, 4),
                        new ModelSettings(32, 8, 64, 1, 1, 24, 1, 2, 2),
                        new ModelSettings(48, 16, 32, 2, 8, 24, 1, 2, 3))
                .flatMap(model -> Stream.of(1, 3).flatMap(channels -> Stream.of(Opset.values())
                        .map(opset -> Arguments.of(model, channels, opset))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void anEncodersFeaturesAgree(ModelSettings model, int channels, Opset opset) {
        Weights weights = RandomVit.weights(manager, Layout.encoder(model, channels));
        Path file = directory.resolve("encoder.onnx");
        VitExport.write(
                new OnnxFile(file),
                opset,
                model,
                RandomVit.withPositions(manager, weights, model),
                new VitHead.Features(),
                RandomVit.card(model, channels),
                "test");
        for (String pooling : List.of("cls", "gap")) {
            try (FeatureExtractor extractor = new FeatureExtractor(manager, model, Precision.FP32, pooling)) {
                String output = pooling.equals("cls") ? "class_token" : "patch_mean";
                assertAgree(file, output, model, channels, images -> extractor.features(images, weights));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aClassifiersLogitsAgree(ModelSettings model, int channels, Opset opset) {
        Weights weights = RandomVit.weights(manager, Layout.classifier(model, channels, RandomVit.CLASSES));
        Path file = RandomVit.classifier(manager, model, channels, opset, directory.resolve("classifier.onnx"));
        try (Classifier classifier = new Classifier(manager, model, Precision.FP32, 8, spec -> false)) {
            assertAgree(file, "logits", model, channels, images -> classifier.logits(images, weights));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void constantsInAFileOfTheirOwnChangeNothing(ModelSettings model, int channels, Opset opset) {
        Map<String, NDArray> weights = RandomVit.weights(manager, Layout.classifier(model, channels, RandomVit.CLASSES))
                .byName();
        float[] images = RandomVit.images(2, channels, model);
        float[][] logits = new float[2][];
        for (int i = 0; i < 2; i++) {
            Path file = directory.resolve("model-" + i + ".onnx");
            OnnxFile written = new OnnxFile(file, i == 0 ? Long.MAX_VALUE : 0);
            VitExport.write(
                    written, opset, model, weights, new VitHead.FineTuned(), RandomVit.card(model, channels), "test");
            assertEquals(i == 1, OnnxFile.dataOf(file).toFile().isFile());
            logits[i] = run(file, "logits", images, 2, channels, model);
        }
        assertArrayEquals(logits[0], logits[1]);
    }

    private void assertAgree(
            Path file, String output, ModelSettings model, int channels, Function<NDArray, NDArray> engine) {
        for (int count : new int[] {1, 5}) {
            float[] images = RandomVit.images(count, channels, model);
            try (NDManager scope = manager.newSubManager()) {
                Shape shape = new Shape(count, channels, model.imageSize(), model.imageSize());
                float[] expected = engine.apply(scope.create(images, shape)).toFloatArray();
                float[] actual = run(file, output, images, count, channels, model);
                assertEquals(expected.length, actual.length);
                assertTrue(largest(expected) > 0.1, "the outputs are too small to tell");
                assertEquals(0, distance(expected, actual), TOLERANCE, output + " of " + count + " images");
            }
        }
    }

    private static float[] run(Path file, String output, float[] images, int count, int channels, ModelSettings model) {
        try (OnnxModel loaded = OnnxModel.open(file, options -> options.setIntraOpNumThreads(1))) {
            return loaded.run(images, new long[] {count, channels, model.imageSize(), model.imageSize()}, output);
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
