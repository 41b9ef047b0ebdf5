package io.maeharness.interop.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Weights, biases, scales and images without a zero among them, so that nothing can be left out unnoticed. */
final class RandomVit {
    static final int CLASSES = 7;
    private static final StageRandom RANDOM = new StageRandom(3);

    private RandomVit() {}

    static Weights weights(NDManager manager, List<ParameterSpec> specs) {
        Weights weights = Weights.zeros(manager, specs);
        for (int i = 0; i < specs.size(); i++) {
            boolean scale = specs.get(i).name().matches(".*norm\\d?\\.weight");
            double spread = specs.get(i).shape().size() > 1 ? 0.15 : 0.1;
            weights.arrays().get(i).set(noise((int) specs.get(i).count(), spread, scale ? 1 : 0, i));
        }
        return weights;
    }

    /** The weights of an encoder by name, with its fixed positions. */
    static Map<String, NDArray> withPositions(NDManager manager, Weights weights, ModelSettings model) {
        Map<String, NDArray> named = new LinkedHashMap<>(weights.byName());
        named.putIfAbsent(
                "pos_embed",
                manager.create(
                        SinCosPositions.table(model.encoderDim(), model.gridSize()),
                        new Shape(1, 1L + model.numPatches(), model.encoderDim())));
        return named;
    }

    static float[] images(int count, int channels, ModelSettings model) {
        return noise(count * channels * model.imageSize() * model.imageSize(), 1, 0, 1_000);
    }

    static float[] noise(int count, double spread, double mean, int stream) {
        RandomGenerator draws = RANDOM.at(Purpose.NOISE, 0, stream);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + spread * draws.nextGaussian());
        }
        return values;
    }

    static ModelCard card(ModelSettings model, int channels) {
        return card(model, channels, EncoderForm.PLAIN);
    }

    static ModelCard card(ModelSettings model, int channels, EncoderForm form) {
        return new ModelCard(
                "finetune",
                "",
                "none",
                model,
                form,
                new PixelStatistics(Collections.nCopies(channels, 0.5), Collections.nCopies(channels, 0.25)),
                IntStream.range(0, CLASSES).mapToObj(k -> "class " + k).toList(),
                "fp32",
                Optional.empty());
    }

    /** A classifier's file. */
    static Path classifier(NDManager manager, ModelSettings model, int channels, Opset opset, Path file) {
        Weights weights = weights(manager, Layout.classifier(model, channels, CLASSES));
        VitExport.write(
                new OnnxFile(file), opset, weights.byName(), new VitHead.FineTuned(), card(model, channels), "test");
        return file;
    }
}
