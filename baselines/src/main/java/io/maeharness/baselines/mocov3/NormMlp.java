package io.maeharness.baselines.mocov3;

import io.maeharness.core.model.Initialisation;
import io.maeharness.core.model.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

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
