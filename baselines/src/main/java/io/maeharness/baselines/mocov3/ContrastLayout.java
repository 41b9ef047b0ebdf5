package io.maeharness.baselines.mocov3;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.model.Initialisation;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

/** Parameters and running statistics of both branches, by the names with which {@code script/moco.py} reads them. */
final class ContrastLayout {
    private static final String PATCH_PROJECTION = "patch_embed.";

    private final List<ParameterSpec> encoder;
    private final NormMlp projector;
    private final NormMlp predictor;

    /**
     * Lays out a model.
     *
     * @param channels C of the images
     */
    ContrastLayout(ModelSettings model, MocoV3Recipe recipe, int channels) {
        encoder = Layout.encoder(model, channels).stream()
                .map(ContrastLayout::asPublished)
                .toList();
        projector = new NormMlp("projector.", 3, model.encoderDim(), recipe.headHidden(), recipe.headOutput());
        predictor = new NormMlp("predictor.", 2, recipe.headOutput(), recipe.headHidden(), recipe.headOutput());
    }

    /** The encoder as MAE's, with first values as MoCo v3 draws them. */
    private static ParameterSpec asPublished(ParameterSpec spec) {
        if (spec.name().equals("cls_token")) {
            return drawn(spec, Initialisation.NORMAL_1E6);
        }
        return spec.name().endsWith("attn.qkv.weight") ? drawn(spec, Initialisation.XAVIER_UNIFORM_QKV) : spec;
    }

    private static ParameterSpec drawn(ParameterSpec spec, Initialisation initialisation) {
        return new ParameterSpec(spec.name(), spec.shape(), initialisation, spec.product());
    }

    /** Whether the optimiser moves a parameter: all but the patch projection, which keeps its random first values. */
    static boolean trained(ParameterSpec spec) {
        return !spec.name().startsWith(PATCH_PROJECTION);
    }

    /** The encoder: what later stages read. */
    List<ParameterSpec> encoder() {
        return encoder;
    }

    /** The branch that is averaged: encoder and projector. */
    List<ParameterSpec> key() {
        return joined(encoder, projector.parameters());
    }

    /** The branch that is trained: encoder, projector and predictor. */
    List<ParameterSpec> query() {
        return joined(key(), predictor.parameters());
    }

    /** Running mean and variance of each of the key's BatchNorms. */
    List<ParameterSpec> keyStatistics() {
        return projector.statistics();
    }

    /** Running mean and variance of each of the query's BatchNorms. */
    List<ParameterSpec> queryStatistics() {
        return joined(projector.statistics(), predictor.statistics());
    }

    private static List<ParameterSpec> joined(List<ParameterSpec> first, List<ParameterSpec> second) {
        List<ParameterSpec> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    /**
     * Linear layers without biases, each followed by BatchNorm, with ReLU between; the last BatchNorm has no gain and bias.
     *
     * <p>Numbered as PyTorch's Sequential numbers linear, norm and ReLU: 0, 1, 2, 3, ...
     *
     * @param prefix of the names, with its dot
     * @param layers linear layers
     * @param input width of what comes in
     * @param hidden width between
     * @param output width of what goes out
     */
    record NormMlp(String prefix, int layers, int input, int hidden, int output) {
        private static final int MODULES_PER_LAYER = 3;

        /** Weights, and gain and bias of the norms that have them. */
        List<ParameterSpec> parameters() {
            List<ParameterSpec> specs = new ArrayList<>();
            for (int layer = 0; layer < layers; layer++) {
                List<Long> shape = List.of(out(layer), layer == 0 ? (long) input : hidden);
                String linear = prefix + layer * MODULES_PER_LAYER;
                specs.add(new ParameterSpec(linear + ".weight", shape, Initialisation.UNIFORM_FAN_IN, true));
                if (layer < layers - 1) {
                    specs.add(vector(norm(layer) + ".weight", layer, Initialisation.ONES));
                    specs.add(vector(norm(layer) + ".bias", layer, Initialisation.ZEROS));
                }
            }
            return List.copyOf(specs);
        }

        /** Running mean and variance of every norm. */
        List<ParameterSpec> statistics() {
            List<ParameterSpec> specs = new ArrayList<>();
            for (int layer = 0; layer < layers; layer++) {
                specs.add(vector(norm(layer) + ".running_mean", layer, Initialisation.ZEROS));
                specs.add(vector(norm(layer) + ".running_var", layer, Initialisation.ONES));
            }
            return List.copyOf(specs);
        }

        private String norm(int layer) {
            return prefix + (layer * MODULES_PER_LAYER + 1);
        }

        private long out(int layer) {
            return layer < layers - 1 ? hidden : output;
        }

        private ParameterSpec vector(String name, int layer, Initialisation initialisation) {
            return new ParameterSpec(name, List.of(out(layer)), initialisation, false);
        }
    }
}
