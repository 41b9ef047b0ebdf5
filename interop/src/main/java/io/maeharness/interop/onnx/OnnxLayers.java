package io.maeharness.interop.onnx;

import static io.maeharness.interop.onnx.OnnxGraph.attribute;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Layers with their weights, as nodes of a graph. Parameters keep the official names. */
final class OnnxLayers {
    private static final float EPSILON = 1e-6f;
    private final OnnxGraph graph;
    private final Map<String, NDArray> weights;

    /**
     * Adds layers to a graph.
     *
     * @param weights by official name, open until the graph is written
     */
    OnnxLayers(OnnxGraph graph, Map<String, NDArray> weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** A parameter as it is. */
    String weight(String name) {
        return graph.constant(OnnxConstant.of(name, array(name)));
    }

    /** Layer normalisation over the last axis by {@code name.weight} and {@code name.bias}. */
    String norm(String name, String x) {
        return norm(name, x, name);
    }

    /** Layer normalisation whose result has a name of its own. */
    String norm(String name, String x, String result) {
        return graph.node(
                result,
                "LayerNormalization",
                List.of(x, weight(name + ".weight"), weight(name + ".bias")),
                attribute("axis", -1L),
                attribute("epsilon", EPSILON));
    }

    /** Normalisation of features [N, D] by running statistics, without affine. */
    String batchNorm(String name, String x) {
        int width = (int) array(name + ".running_mean").size();
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        return graph.node(
                name,
                "BatchNormalization",
                List.of(
                        x,
                        graph.constant(OnnxConstant.of(name + ".ones", ones, width)),
                        graph.constant(OnnxConstant.of(name + ".zeros", new float[width], width)),
                        weight(name + ".running_mean"),
                        weight(name + ".running_var")),
                attribute("epsilon", EPSILON));
    }

    /** Linear layer on [..., in] by {@code name.weight} [out, in], kept transposed, and {@code name.bias}. */
    String linear(String name, String x) {
        String matrix = graph.constant(OnnxConstant.transposed(name + ".weight.transposed", array(name + ".weight")));
        String product = graph.node(name + ".product", "MatMul", List.of(x, matrix));
        return graph.node(name, "Add", List.of(product, weight(name + ".bias")));
    }

    /** Linear layer on [N, in] whose result has a name of its own. */
    String head(String name, String x, String result) {
        return graph.node(
                result, "Gemm", List.of(x, weight(name + ".weight"), weight(name + ".bias")), attribute("transB", 1L));
    }

    /** {@code x * (1 + erf(x / sqrt(2))) / 2}: one operator, or the five that ONNX Runtime knows as one. */
    String gelu(String name, String x) {
        if (graph.opset() == Opset.V20) {
            return graph.node(name, "Gelu", List.of(x));
        }
        String scaled = graph.node(name + ".scaled", "Div", List.of(x, graph.number((float) Math.sqrt(2))));
        String erf = graph.node(name + ".erf", "Erf", List.of(scaled));
        String shifted = graph.node(name + ".shifted", "Add", List.of(erf, graph.number(1)));
        String product = graph.node(name + ".product", "Mul", List.of(x, shifted));
        return graph.node(name, "Mul", List.of(product, graph.number(0.5f)));
    }

    /** Mean over the second axis, [N, L, D] -> [N, D]. */
    String meanOfTokens(String name, String x) {
        if (graph.opset() == Opset.V17) {
            return graph.node(
                    name, "ReduceMean", List.of(x), attribute("axes", List.of(1L)), attribute("keepdims", 0L));
        }
        return graph.node(name, "ReduceMean", List.of(x, graph.integers(1)), attribute("keepdims", 0L));
    }

    String reshape(String name, String x, long... shape) {
        return graph.node(name, "Reshape", List.of(x, graph.integers(shape)));
    }

    String transpose(String name, String x, Long... axes) {
        return graph.node(name, "Transpose", List.of(x), attribute("perm", List.of(axes)));
    }

    /** The values of a parameter. */
    NDArray array(String name) {
        NDArray array = weights.get(name);
        if (array == null) {
            throw new IllegalArgumentException("tensor '" + name + "' is missing; the file is of another architecture");
        }
        return array;
    }
}
