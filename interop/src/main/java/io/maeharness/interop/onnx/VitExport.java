package io.maeharness.interop.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes a vision transformer with given weights as an ONNX file. */
public final class VitExport {
    private VitExport() {}

    /**
     * Writes a classifier with random weights: good for measuring time.
     *
     * @param channels of the images
     * @param classes number of logits
     */
    public static void untrained(
            ModelSettings model, int channels, int classes, Opset opset, String harnessVersion, Path file) {
        List<Double> unit = Collections.nCopies(channels, 1.0);
        ModelCard card = new ModelCard(
                "untrained",
                "",
                "",
                model,
                EncoderForm.PLAIN,
                new PixelStatistics(Collections.nCopies(channels, 0.0), unit),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                "fp32",
                Optional.empty());
        try (NDManager manager = Torch.open("cpu")) {
            Weights weights = Weights.initialise(
                    manager, Layout.classifier(model, channels, classes), new StageRandom(0), Purpose.INITIALISATION);
            write(new OnnxFile(file), opset, weights.byName(), new VitHead.FineTuned(), card, harnessVersion);
        }
    }

    /**
     * Writes the file, or both files of a large model, and returns them.
     *
     * @param weights by official name, positions ({@code pos_embed}) among them unless they are relative
     * @param head what is computed from the tokens
     * @param card names the architecture
     */
    static List<Path> write(
            OnnxFile file,
            Opset opset,
            Map<String, NDArray> weights,
            VitHead head,
            ModelCard card,
            String harnessVersion) {
        OnnxGraph graph = new OnnxGraph("vision transformer", opset);
        OnnxLayers layers = new OnnxLayers(graph, weights);
        VitGraph vit = new VitGraph(graph, layers, card.model(), card.form());
        head.add(graph, layers, vit, vit.trunk());
        return file.write(graph, harnessVersion, card.properties());
    }
}
