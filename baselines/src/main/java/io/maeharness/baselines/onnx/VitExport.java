package io.maeharness.baselines.onnx;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.config.ModelSettings;
import java.util.Map;

/** Writes a vision transformer with given weights as an ONNX file. */
final class VitExport {
    private VitExport() {}

    /**
     * Writes the file.
     *
     * @param weights by official name, positions ({@code pos_embed}) among them
     * @param head what is computed from the tokens
     */
    static void write(
            OnnxFile file,
            Opset opset,
            ModelSettings model,
            Map<String, NDArray> weights,
            VitHead head,
            ModelCard card,
            String harnessVersion) {
        OnnxGraph graph = new OnnxGraph("vision transformer", opset);
        OnnxLayers layers = new OnnxLayers(graph, weights);
        VitGraph vit = new VitGraph(graph, layers, model);
        head.add(graph, layers, vit, vit.trunk());
        file.write(graph, harnessVersion, card.properties());
    }
}
