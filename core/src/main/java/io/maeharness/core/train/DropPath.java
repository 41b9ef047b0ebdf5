package io.maeharness.core.train;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Stochastic depth: a residual branch is left out for a sample, the others are scaled up. Source: Huang et al., arXiv
 * 1603.09382, with a rate that grows linearly from 0 at the first block.
 *
 * @param rate of the last block, in [0, 1)
 * @param depth blocks
 * @param random the stage's draws
 */
public record DropPath(double rate, int depth, StageRandom random) {
    /**
     * Factors of the two branches of each block, [samples, 2 * depth]; empty when the rate is 0.
     *
     * @param step optimiser step
     * @param samples numbers of the samples, which tell their draws apart
     */
    public Optional<float[]> factors(long step, int[] samples) {
        if (rate == 0) {
            return Optional.empty();
        }
        float[] factors = new float[samples.length * 2 * depth];
        for (int n = 0; n < samples.length; n++) {
            RandomGenerator draws = random.at(Purpose.DROP_PATH, step, samples[n]);
            for (int branch = 0; branch < 2 * depth; branch++) {
                double dropped = depth == 1 ? rate : rate * block(branch) / (depth - 1);
                factors[n * 2 * depth + branch] = draws.nextDouble() < dropped ? 0 : (float) (1 / (1 - dropped));
            }
        }
        return Optional.of(factors);
    }

    /** The block of a branch: attention and MLP of one block share a rate. */
    private static int block(int branch) {
        return branch / 2;
    }
}
