package io.maeharness.core.masking;

import java.util.random.RandomGenerator;

/** Uniform sampling without replacement: the paper's default. Source: paper, section 3 ("masking"). */
public record RandomSampling() implements MaskSampling {
    @Override
    public String key() {
        return "random";
    }

    @Override
    public int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset) {
        NoiseOrder.argsort(NoiseOrder.draw(grid * grid, random), shuffle, offset);
        return 0;
    }
}
