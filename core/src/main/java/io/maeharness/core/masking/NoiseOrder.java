package io.maeharness.core.masking;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Patches in ascending order of their noise; equal noise keeps the order of the patches. */
final class NoiseOrder {
    private NoiseOrder() {}

    /**
     * Noise in [0, 1), one value a patch: what every kind of sampling draws first, so that the masks of one image have as
     * much in common as their kinds allow.
     */
    static double[] draw(int patches, RandomGenerator random) {
        double[] noise = new double[patches];
        for (int i = 0; i < patches; i++) {
            noise[i] = random.nextDouble();
        }
        return noise;
    }

    /**
     * Writes {@code argsort(noise)}.
     *
     * @param noise one value a patch; left unchanged
     * @param shuffle filled from {@code offset} on
     */
    static void argsort(double[] noise, long[] shuffle, int offset) {
        long[] keys = new long[noise.length];
        for (int i = 0; i < noise.length; i++) {
            // Noise lies in [0, 3): 40 bits order it, the low bits hold the patch and break ties.
            keys[i] = ((long) (noise[i] * (1L << 40)) << 20) | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            shuffle[offset + i] = keys[i] & ((1 << 20) - 1);
        }
    }
}
