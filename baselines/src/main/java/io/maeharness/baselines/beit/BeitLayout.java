package io.maeharness.baselines.beit;

import ai.djl.ndarray.NDArray;
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

/** Parameters of BEiT by the names with which {@code script/beit.py} reads them, and their first values. */
final class BeitLayout {
    private static final double DRAWN_DEVIATION = 0.02;

    private BeitLayout() {}

    /** The encoder with relative positions and layer scale, as later stages read it. */
    static List<ParameterSpec> encoder(ModelSettings model, int channels) {
        return Layout.encoder(model, channels, EncoderForm.RELATIVE_POSITIONS);
    }

    /**
     * The encoder, the mask token and the head.
     *
     * @param words outputs of the head
     */
    static List<ParameterSpec> of(ModelSettings model, int channels, int words) {
        List<ParameterSpec> specs = new ArrayList<>(encoder(model, channels));
        specs.add(ParameterSpec.token("mask_token", model.encoderDim()));
        specs.add(ParameterSpec.weight("lm_head.weight", words, model.encoderDim()));
        specs.add(ParameterSpec.bias("lm_head.bias", words));
        return specs.stream().map(BeitLayout::truncated).toList();
    }

    /**
     * Draws the first values.
     *
     * @param deviation of the truncated normal that matrices and tokens are drawn from
     * @param layerScale factors of the branches
     */
    static Weights initialise(
            NDManager manager, List<ParameterSpec> specs, StageRandom random, double deviation, double layerScale) {
        Weights weights = Weights.initialise(manager, specs, random, Purpose.INITIALISATION);
        for (ParameterSpec spec : specs) {
            NDArray array = weights.get(spec.name());
            if (spec.initialisation() == Initialisation.TRUNCATED_002) {
                array.muli((float) (deviation / DRAWN_DEVIATION));
            } else if (spec.name().contains(".gamma_")) {
                array.muli((float) layerScale); // drawn as ones
            }
        }
        return weights;
    }

    private static ParameterSpec truncated(ParameterSpec spec) {
        boolean drawn = spec.initialisation() == Initialisation.XAVIER_UNIFORM
                || spec.initialisation() == Initialisation.NORMAL_002;
        return drawn
                ? new ParameterSpec(spec.name(), spec.shape(), Initialisation.TRUNCATED_002, spec.product())
                : spec;
    }
}
