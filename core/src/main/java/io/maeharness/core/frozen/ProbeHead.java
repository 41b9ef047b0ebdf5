package io.maeharness.core.frozen;

import io.maeharness.core.model.Initialisation;
import io.maeharness.core.model.ParameterSpec;
import java.util.List;
import java.util.random.RandomGenerator;

/** The linear layer of a probe. */
final class ProbeHead {
    private ProbeHead() {}

    /** Weights [classes, width], truncated normal of deviation 0.01. */
    static float[] initialWeights(int classes, int width, RandomGenerator random) {
        float[] values = new float[classes * width];
        ParameterSpec spec = new ParameterSpec(
                "head.weight", List.of((long) classes, (long) width), Initialisation.NORMAL_001, true);
        spec.initialisation().fill(values, spec, random);
        return values;
    }
}
