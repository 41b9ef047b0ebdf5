package io.maeharness.interop.onnx;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the encoder of a discrete VAE as an ONNX file: pictures in, logits of the words out. */
public final class TokenizerExport {
    /** Name of the input, [N, C, S, S]. */
    public static final String IMAGES = "images";

    /** Name of the output, [N, V, g, g]. */
    public static final String LOGITS = "logits";

    private final OnnxGraph graph = new OnnxGraph("tokenizer", Opset.V17);
    private final OnnxLayers layers;

    private TokenizerExport(Map<String, NDArray> weights) {
        layers = new OnnxLayers(graph, weights);
    }

    /**
     * The network, but for its widths, which its weights tell.
     *
     * @param vocabulary V, the number of words
     * @param wordPixels side of the square that one word stands for, pixels; a power of two
     * @param residualBlocks between the last halving and the words
     */
    public record Network(int vocabulary, int wordPixels, int residualBlocks) {}

    /**
     * Writes the file.
     *
     * @param network whose weights they are
     * @param channels C of the pictures
     * @param size side S of the pictures, pixels
     * @param weights by name, as the tokenizer's stage keeps them
     * @param harnessVersion of the program that writes the file
     * @param properties what the file says of itself
     */
    public static void write(
            Path file,
            Network network,
            int channels,
            int size,
            Map<String, NDArray> weights,
            String harnessVersion,
            Map<String, String> properties) {
        TokenizerExport export = new TokenizerExport(weights);
        export.add(network, channels, size);
        new OnnxFile(file).write(export.graph, harnessVersion, properties);
    }

    private void add(Network network, int channels, int size) {
        String x = graph.input(IMAGES, OnnxGraph.BATCH, channels, size, size);
        int halvings = Integer.numberOfTrailingZeros(network.wordPixels());
        for (int k = 0; k < halvings; k++) {
            String name = "encoder.down." + k;
            x = convolution(name, name, k == 0 ? x : relu(name + ".relu", x), 2, 1);
        }
        for (int k = 0; k < network.residualBlocks(); k++) {
            x = residual("encoder.blocks." + k, x);
        }
        convolution("encoder.words", LOGITS, relu("encoder.words.relu", x), 1, 0);
        long grid = size / network.wordPixels();
        graph.output(LOGITS, OnnxGraph.BATCH, network.vocabulary(), grid, grid);
    }

    private String residual(String name, String x) {
        String wide = convolution(name + ".wide", name + ".wide", relu(name + ".wide.relu", x), 1, 1);
        String narrow = convolution(name + ".narrow", name + ".narrow", relu(name + ".narrow.relu", wide), 1, 0);
        return graph.node(name, "Add", List.of(x, narrow));
    }

    private String relu(String name, String x) {
        return graph.node(name, "Relu", List.of(x));
    }

    private String convolution(String parameters, String name, String x, long stride, long padding) {
        return graph.node(
                name,
                "Conv",
                List.of(x, layers.weight(parameters + ".weight"), layers.weight(parameters + ".bias")),
                OnnxGraph.attribute("strides", List.of(stride, stride)),
                OnnxGraph.attribute("pads", List.of(padding, padding, padding, padding)));
    }
}
