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
            double bound = Math.sqrt(6 / (fanOut + spec.count() / fanOut));
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
    },
    /** Normal, standard deviation 0.02: class and mask token. */
    NORMAL_002 {
        @Override
        public void fill(float[] values, ParameterSpec spec, RandomGenerator random) {
            normal(values, 0.02, random);
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

    /** The published truncation bounds lie at +-2 in absolute terms: no draw reaches them at these deviations. */
    private static void normal(float[] values, double deviation, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.max(-CUT, Math.min(CUT, deviation * random.nextGaussian()));
        }
    }
}
