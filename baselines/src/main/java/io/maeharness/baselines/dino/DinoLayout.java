package io.maeharness.baselines.dino;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.model.Initialisation;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import java.util.ArrayList;
import java.util.List;

/** Parameters of the student, and of the teacher, by the names with which {@code script/dino.py} reads them. */
final class DinoLayout {
    private static final String PATCH_PROJECTION = "patch_embed.proj.weight";
    private static final double PUBLISHED_WIDTH = 768;

    private DinoLayout() {}

    /** The encoder with trained positions: what later stages read. */
    static List<ParameterSpec> encoder(ModelSettings model, int channels) {
        return Layout.encoder(model, channels, EncoderForm.LEARNED_POSITIONS).stream()
                .map(DinoLayout::drawnNormally)
                .toList();
    }

    /** The encoder and the head up to its bottleneck. */
    static List<ParameterSpec> trunk(ModelSettings model, DinoRecipe recipe, int channels) {
        int hidden = recipe.headHidden();
        List<ParameterSpec> specs = new ArrayList<>(encoder(model, channels));
        specs.add(matrix("head.mlp.0.weight", hidden, model.encoderDim()));
        specs.add(ParameterSpec.bias("head.mlp.0.bias", hidden));
        specs.add(matrix("head.mlp.2.weight", hidden, hidden));
        specs.add(ParameterSpec.bias("head.mlp.2.bias", hidden));
        specs.add(matrix("head.mlp.4.weight", recipe.headBottleneck(), hidden));
        specs.add(ParameterSpec.bias("head.mlp.4.bias", recipe.headBottleneck()));
        return List.copyOf(specs);
    }

    /**
     * The head's last layer alone: only the directions of its rows count, their gain is fixed at 1.
     *
     * <p>It is read in fp32: its outputs are divided by temperatures of a few hundredths.
     */
    static List<ParameterSpec> lastLayer(DinoRecipe recipe) {
        return List.of(new ParameterSpec(
                "head.last_layer.weight_v",
                List.of((long) recipe.headOutputs(), (long) recipe.headBottleneck()),
                Initialisation.NORMAL_002,
                false));
    }

    /**
     * Draws the first values of the trunk: matrices with deviation 0.02 at the published width of 768, and in proportion to
     * the root of 768 / D at others, so that narrow encoders do not begin with vanishing branches. Positions begin as the recipe says.
     */
    static Weights initialise(
            NDManager manager, ModelSettings model, DinoRecipe recipe, int channels, StageRandom random) {
        Weights weights = Weights.initialise(manager, trunk(model, recipe, channels), random, Purpose.INITIALISATION);
        float scale = (float) Math.sqrt(PUBLISHED_WIDTH / model.encoderDim());
        weights.byName().forEach((name, array) -> {
            if (array.getShape().dimension() == 2) {
                array.muli(scale);
            }
        });
        recipe.startPositions().set(weights, model);
        return weights;
    }

    private static ParameterSpec drawnNormally(ParameterSpec spec) {
        boolean matrix = spec.shape().size() == 2 && !spec.name().equals(PATCH_PROJECTION);
        return matrix ? matrix(spec.name(), spec.shape().get(0), spec.shape().get(1)) : spec;
    }

    private static ParameterSpec matrix(String name, long rows, long columns) {
        return new ParameterSpec(name, List.of(rows, columns), Initialisation.NORMAL_002, true);
    }
}
