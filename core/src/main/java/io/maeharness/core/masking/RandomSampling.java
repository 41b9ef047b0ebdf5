package io.maeharness.core.masking;

import java.util.random.RandomGenerator;

/** Uniform sampling without replacement: the paper's default. Source: paper, section 3 ("masking"). */
public record RandomSampling() implements MaskSampling {
    @Override
    public int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset) {
        double[] noise = new double[grid * grid];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextDouble();
        }
        NoiseOrder.argsort(noise, shuffle, offset);
        return 0;
    }
}
