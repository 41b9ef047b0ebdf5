package io.maeharness.core.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a parameter is drawn before training. Source: the paper's official implementation, as RECIPES of tables 8 and 9. */
public enum Initialisation {
    /** All 0. */
    ZEROS {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            Arrays.fill(values, 0);
        }
    },
    /** All 1. */
    ONES {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            Arrays.fill(values, 1);
        }
    },
    /** Uniform in +-sqrt(6 / (fan in + fan out)) of the matrix flattened to [first, rest]. */
    XAVIER_UNIFORM {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            double fanOut = spec.shape().get(0);
            uniform(values, Math.sqrt(6 / (fanOut + spec.count() / fanOut)), random);
        }
    },
    /**
     * Xavier-uniform for q, k and v each for itself: the matrix [3D, D] holds three of [D, D]. Source: MoCo v3, whose
     * training is less stable when the three share one bound.
     */
    XAVIER_UNIFORM_QKV {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            double fanOut = spec.shape().get(0) / 3.0;
            uniform(values, Math.sqrt(6 / (fanOut + spec.shape().get(1))), random);
        }
    },
    /** Uniform in +-1 / sqrt(fan in): PyTorch's own choice for a linear layer, as in MoCo v3's heads. */
    UNIFORM_FAN_IN {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            uniform(values, Math.sqrt((double) spec.shape().get(0) / spec.count()), random);
        }
    },
    /** Normal, standard deviation 1e-6: MoCo v3's class token. */
    NORMAL_1E6 {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            normal(values, 1e-6, random);
        }
    },
    /** Normal, standard deviation 0.02: class and mask token. */
    NORMAL_002 {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            normal(values, 0.02, random);
        }
    },
    /** Normal, standard deviation 0.02, drawn again beyond one deviation. Source: BEiT's public implementation. */
    TRUNCATED_002 {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            for (int i = 0; i < values.length; i++) {
                double drawn = random.nextGaussian();
                while (Math.abs(drawn) > 1) {
                    drawn = random.nextGaussian();
                }
                values[i] = (float) (0.02 * drawn);
            }
        }
    },
    /** Truncated normal, standard deviation 2e-5: the head of fine-tuning. */
    NORMAL_2E5 {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            normal(values, 2e-5, random);
        }
    },
    /** Truncated normal, standard deviation 0.01: the head of linear probing. */
    NORMAL_001 {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            normal(values, 0.01, random);
        }
    };

    private static final double CUT = 2;

    /**
     * Draws the values of a parameter.
     *
     * @param values filled in row-major order
     * @param spec shape of the parameter
     * @param random its own generator
     */
    public abstract void fill(float[] values, ParameterSpec spec, RandomGenerator random);

    private static void uniform(float[] values, double bound, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }

    /** The published truncation bounds lie at +-2 in absolute terms: no draw reaches them at these deviations. */
    private static void normal(float[] values, double deviation, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.max(-CUT, Math.min(CUT, deviation * random.nextGaussian()));
        }
    }
}
