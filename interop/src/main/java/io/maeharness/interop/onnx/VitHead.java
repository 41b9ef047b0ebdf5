package io.maeharness.interop.onnx;

import io.maeharness.core.config.Pooling;
import io.maeharness.core.stage.LeftNetwork;
import java.util.List;

/** What the file computes from the tokens of the last block. */
sealed interface VitHead {
    /** Name of a classifier's output [N, classes]. */
    String LOGITS = "logits";

    /** The head of a network that a stage left. */
    static VitHead of(LeftNetwork network) {
        return switch (network.head()) {
            case NONE -> new Features();
            case FINE_TUNED -> new FineTuned();
            case LINEAR_PROBE -> new LinearProbe(network.pooling());
        };
    }

    /** Adds the nodes and declares the outputs. */
    void add(OnnxGraph graph, OnnxLayers layers, VitGraph vit, String tokens);

    /**
     * Features for others: {@code class_token}, the class token after the final norm, and {@code patch_mean}, the mean of
     * the patch tokens of the last block; each [N, D].
     */
    record Features() implements VitHead {
        /** Name of the class token's output. */
        static final String CLASS_TOKEN = "class_token";
        /** Name of the mean's output. */
        static final String PATCH_MEAN = "patch_mean";

        @Override
        public void add(OnnxGraph graph, OnnxLayers layers, VitGraph vit, String tokens) {
            long width = layers.array("cls_token").size();
            for (String output : List.of(vit.classFeature(CLASS_TOKEN, tokens), vit.meanFeature(PATCH_MEAN, tokens))) {
                graph.output(output, OnnxGraph.BATCH, width);
            }
        }
    }

    /** Fine-tuned: norm and linear layer on the mean of the patch tokens. Source: paper, section A.1. */
    record FineTuned() implements VitHead {
        @Override
        public void add(OnnxGraph graph, OnnxLayers layers, VitGraph vit, String tokens) {
            String features = layers.norm("fc_norm", vit.meanFeature("features", tokens));
            logits(graph, layers, features);
        }
    }

    /**
     * Linear probe: BatchNorm with its running statistics and a linear layer. Source: paper, section A.1.
     *
     * @param pooling what it reads of the encoder
     */
    record LinearProbe(Pooling pooling) implements VitHead {
        @Override
        public void add(OnnxGraph graph, OnnxLayers layers, VitGraph vit, String tokens) {
            String features =
                    switch (pooling) {
                        case CLS -> vit.classFeature("features", tokens);
                        case GAP -> vit.meanFeature("features", tokens);
                    };
            logits(graph, layers, layers.batchNorm("bn", features));
        }
    }

    private static void logits(OnnxGraph graph, OnnxLayers layers, String features) {
        graph.output(
                layers.head("head", features, LOGITS),
                OnnxGraph.BATCH,
                layers.array("head.bias").size());
    }
}
