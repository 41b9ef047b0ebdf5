package io.maeharness.interop.onnx;

import static io.maeharness.interop.onnx.OnnxGraph.attribute;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.stage.EncoderForm;
import java.util.List;

/**
 * The vision transformer on whole images as ONNX nodes: what {@code script/vit.py} computes in fp32. Source: paper,
 * section A.1.
 */
final class VitGraph {
    /** Name of the input: standardised pixels [N, C, S, S]. */
    static final String IMAGES = "images";

    private final OnnxGraph graph;
    private final OnnxLayers layers;
    private final ModelSettings model;
    private final EncoderForm form;
    private final int channels;

    VitGraph(OnnxGraph graph, OnnxLayers layers, ModelSettings model, EncoderForm form) {
        this.graph = graph;
        this.layers = layers;
        this.model = model;
        this.form = form;
        channels = (int) layers.array("patch_embed.proj.weight").getShape().get(1);
    }

    /** All patches in their order through all blocks, before any final norm. -> [N, T, D] */
    String trunk() {
        String images = graph.input(IMAGES, OnnxGraph.BATCH, channels, model.imageSize(), model.imageSize());
        String x = graph.node(
                "tokens", "Concat", List.of(classToken(images), patches(images)), attribute("axis", 1L)); // [N, T, D]
        if (!form.relative()) {
            x = graph.node("tokens.placed", "Add", List.of(x, layers.weight("pos_embed")));
        }
        for (int k = 0; k < model.encoderDepth(); k++) {
            x = block("blocks." + k, x);
        }
        return x;
    }

    /** The class token after the final norm. -> [N, D] */
    String classFeature(String name, String x) {
        String token = graph.node(
                name + ".token",
                "Gather",
                List.of(x, graph.constant(OnnxConstant.scalar("class token", 0))),
                attribute("axis", 1L)); // [N, D]
        return layers.norm("norm", token, name);
    }

    /** The mean of the patch tokens of the last block, without a norm. -> [N, D] */
    String meanFeature(String name, String x) {
        String patches = graph.node(
                name + ".patches",
                "Slice",
                List.of(x, graph.integers(1), graph.integers(Long.MAX_VALUE), graph.integers(1))); // [N, L, D]
        return layers.meanOfTokens(name, patches);
    }

    /** The patch projection as a convolution. -> [N, L, D] */
    private String patches(String images) {
        long patch = model.patchSize();
        String name = "patch_embed.proj";
        String grid = graph.node(
                name,
                "Conv",
                List.of(images, layers.weight(name + ".weight"), layers.weight(name + ".bias")),
                attribute("kernel_shape", List.of(patch, patch)),
                attribute("strides", List.of(patch, patch))); // [N, D, S/P, S/P]
        String columns = layers.reshape("patch_embed.columns", grid, 0, model.encoderDim(), model.numPatches());
        return layers.transpose("patch_embed", columns, 0L, 2L, 1L);
    }

    /** The class token once for each image. -> [N, 1, D] */
    private String classToken(String images) {
        String batch =
                graph.node("batch", "Shape", List.of(images), attribute("start", 0L), attribute("end", 1L)); // [1]
        String shape = graph.node(
                "cls_token.shape",
                "Concat",
                List.of(batch, graph.integers(1, model.encoderDim())),
                attribute("axis", 0L));
        return graph.node("cls_token.expanded", "Expand", List.of(layers.weight("cls_token"), shape));
    }

    private String block(String name, String x) {
        String attended = attention(name + ".attn", layers.norm(name + ".norm1", x));
        String y = graph.node(name + ".attended", "Add", List.of(x, scaled(name + ".gamma_1", attended)));
        String hidden = layers.linear(name + ".mlp.fc1", layers.norm(name + ".norm2", y));
        String mlp = layers.linear(name + ".mlp.fc2", layers.gelu(name + ".mlp.act", hidden));
        return graph.node(name, "Add", List.of(y, scaled(name + ".gamma_2", mlp)));
    }

    /** Layer scale, where the encoder has it. */
    private String scaled(String gamma, String x) {
        return form.layerScale() ? graph.node(x + ".scaled", "Mul", List.of(x, layers.weight(gamma))) : x;
    }

    /** [N, T, D] -> [N, T, D] */
    private String attention(String name, String x) {
        long width = model.encoderDim();
        long heads = model.encoderHeads();
        List<String> qkv = graph.node(
                name + ".split",
                List.of(name + ".q", name + ".k", name + ".v"),
                "Split",
                List.of(layers.linear(name + ".qkv", x), graph.integers(width, width, width)),
                attribute("axis", 2L)); // each [N, T, D]
        String q = layers.transpose(name + ".q.heads", split(qkv.get(0), heads), 0L, 2L, 1L, 3L); // [N, H, T, d]
        String k = layers.transpose(name + ".k.heads", split(qkv.get(1), heads), 0L, 2L, 3L, 1L); // [N, H, d, T]
        String v = layers.transpose(name + ".v.heads", split(qkv.get(2), heads), 0L, 2L, 1L, 3L); // [N, H, T, d]
        String scores = graph.node(name + ".scores", "MatMul", List.of(q, k)); // [N, H, T, T]
        float scale = (float) Math.pow((double) width / heads, -0.5);
        scores = graph.node(name + ".scores.scaled", "Mul", List.of(scores, graph.number(scale)));
        if (form.relative()) {
            scores = graph.node(name + ".scores.placed", "Add", List.of(scores, relativeBias()));
        }
        String shares = graph.node(name + ".shares", "Softmax", List.of(scores), attribute("axis", -1L));
        String mixed = graph.node(name + ".mixed", "MatMul", List.of(shares, v)); // [N, H, T, d]
        String merged = layers.transpose(name + ".mixed.tokens", mixed, 0L, 2L, 1L, 3L);
        return layers.linear(name + ".proj", layers.reshape(name + ".merged", merged, 0, 0, width));
    }

    /** [N, T, D] -> [N, T, H, d] */
    private String split(String x, long heads) {
        return layers.reshape(x + ".split", x, 0, 0, heads, model.encoderDim() / heads);
    }

    /** The bias of the grid, the same constant for all blocks. -> [H, T, T] */
    private String relativeBias() {
        float[] table =
                layers.array("rel_pos_bias.relative_position_bias_table").toFloatArray();
        long tokens = 1L + model.numPatches();
        float[] scores = RelativeBias.scores(table, model.gridSize(), model.encoderHeads());
        return graph.constant(OnnxConstant.of("rel_pos_bias", scores, model.encoderHeads(), tokens, tokens));
    }
}
