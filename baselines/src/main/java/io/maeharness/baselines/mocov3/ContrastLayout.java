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
}
