package io.maeharness.core.masking;

import java.util.random.RandomGenerator;

/**
 * Removes rectangular blocks until the target count is reached. Source: BEiT's block-wise masking, paper table 1f.
 *
 * <p>A block has an area uniform in [least, remaining] and an aspect ratio log-uniform in [0.3, 1/0.3]; it is accepted
 * when it removes at least one patch and not more than remain to be removed. When ten attempts fail, patches are removed
 * at random, so that every image of a batch removes the same number.
 */
public record BlockSampling() implements MaskSampling {
    private static final int ATTEMPTS = 10;
    private static final double LEAST_AREA_SHARE = 16.0 / 196;
    private static final double LEAST_ASPECT = 0.3;

    @Override
    public String key() {
        return "block";
    }

    @Override
    public boolean topsUp() {
        return true;
    }

    @Override
    public int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset) {
        boolean[] removed = new boolean[grid * grid];
        double[] noise = NoiseOrder.draw(removed.length, random);
        int missing = removed.length - lenKeep;
        int least = (int) Math.max(1, Math.round(LEAST_AREA_SHARE * removed.length));
        int added = 1;
        while (missing > 0 && added > 0) {
            added = block(removed, grid, least, missing, random);
            missing -= added;
        }
        order(removed, missing, noise, shuffle, offset);
        return missing;
    }

    /** Removes one block; returns how many patches it added, 0 when no attempt was accepted. */
    private static int block(boolean[] removed, int grid, int least, int missing, RandomGenerator random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double area = missing <= least ? missing : least + (missing - least) * random.nextDouble();
            double logAspect = Math.log(LEAST_ASPECT) * (1 - 2 * random.nextDouble());
            int height = (int) Math.round(Math.sqrt(area * Math.exp(logAspect)));
            int width = (int) Math.round(Math.sqrt(area / Math.exp(logAspect)));
            if (height >= 1 && width >= 1 && height <= grid && width <= grid) {
                int top = random.nextInt(grid - height + 1);
                int left = random.nextInt(grid - width + 1);
                int fresh = count(removed, grid, top, left, height, width);
                if (fresh > 0 && fresh <= missing) {
                    mark(removed, grid, top, left, height, width);
                    return fresh;
                }
            }
        }
        return 0;
    }

    private static int count(boolean[] removed, int grid, int top, int left, int height, int width) {
        int fresh = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                fresh += removed[y * grid + x] ? 0 : 1;
            }
        }
        return fresh;
    }

    private static void mark(boolean[] removed, int grid, int top, int left, int height, int width) {
        for (int y = top; y < top + height; y++) {
            java.util.Arrays.fill(removed, y * grid + left, y * grid + left + width, true);
        }
    }

    /** Kept patches first; of these the {@code missing} last ones in a random order are removed too. */
    private static void order(boolean[] removed, int missing, double[] noise, long[] shuffle, int offset) {
        for (int i = 0; i < noise.length; i++) {
            noise[i] += removed[i] ? 1 : 0;
        }
        NoiseOrder.argsort(noise, shuffle, offset);
        if (missing < 0) {
            throw new IllegalStateException("block sampling removed " + -missing + " patches too many");
        }
    }
}
