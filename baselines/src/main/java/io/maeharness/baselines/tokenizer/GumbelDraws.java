package io.maeharness.baselines.tokenizer;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Uniform draws behind the Gumbel noise of a training step: a function of seed, step and sample. */
final class GumbelDraws {
    /** Half a unit of 23 bits: neither 0 nor 1 is drawn, whose logarithms are infinite. */
    private static final float HALF = 0x1.0p-24f;

    private final StageRandom random;
    private final int perImage;
    private float[] values = new float[0];

    /**
     * Draws of one stage.
     *
     * @param perImage V * g * g
     */
    GumbelDraws(StageRandom random, int perImage) {
        this.random = random;
        this.perImage = perImage;
    }

    /** States [samples] of the generators, for a device that draws the same numbers itself. */
    long[] states(long step, int[] samples) {
        return Arrays.stream(samples)
                .mapToLong(sample -> random.stateAt(Purpose.TOKENIZER, step, sample))
                .toArray();
    }

    /** Draws [samples, V * g * g] from (0, 1); valid until the next call. */
    float[] of(long step, int[] samples) {
        int count = Math.multiplyExact(samples.length, perImage);
        if (values.length < count) {
            values = new float[count];
        }
        for (int n = 0; n < samples.length; n++) {
            RandomGenerator draws = random.at(Purpose.TOKENIZER, step, samples[n]);
            for (int i = n * perImage; i < (n + 1) * perImage; i++) {
                values[i] = (draws.nextLong() >>> 41) * 0x1.0p-23f + HALF;
            }
        }
        return values;
    }
}
