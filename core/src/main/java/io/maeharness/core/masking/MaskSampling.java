package io.maeharness.core.masking;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.maeharness.core.discovery.Named;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How the removed patches of an image are chosen: the rows of table 1f. */
public sealed interface MaskSampling extends Named {
    /**
     * The sampling of a name.
     *
     * @throws IllegalArgumentException when there is none; the message lists the known ones
     */
    @JsonCreator
    static MaskSampling of(String key) {
        return Named.of(MaskSampling.class, "mask sampling", key);
    }

    /**
     * What it needs of a grid of patches and does not have there; empty where it can be applied.
     *
     * @param grid patches along one side
     */
    default Optional<String> unmet(int grid) {
        return Optional.empty();
    }

    /** Whether it reaches the count of removed patches only with some that are added at random. */
    default boolean topsUp() {
        return false;
    }

    /**
     * Orders the patches of one image: the first {@code lenKeep} stay, the others are removed.
     *
     * @param grid patches along one side, so that L = grid * grid
     * @param lenKeep patches kept, between 1 and L - 1
     * @param random the sample's own generator
     * @param shuffle filled with patch numbers (row-major) from {@code offset} on, L of them
     * @return patches that were added or taken back at random to reach exactly {@code lenKeep}
     */
    int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset);

    /**
     * Noise in [0, 1), one value a patch: what every kind of sampling draws first, so that the masks of one image have as
     * much in common as their kinds allow.
     */
    private static double[] noise(int patches, RandomGenerator random) {
        double[] noise = new double[patches];
        for (int i = 0; i < patches; i++) {
            noise[i] = random.nextDouble();
        }
        return noise;
    }

    /**
     * Writes {@code argsort(noise)}: patches in ascending order of their noise; equal noise keeps the order of the patches.
     *
     * @param noise one value a patch; left unchanged
     * @param shuffle filled from {@code offset} on
     */
    private static void argsort(double[] noise, long[] shuffle, int offset) {
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

    /** Uniform sampling without replacement: the paper's default. Source: paper, section 3 ("masking"). */
    public record Random() implements MaskSampling {
        @Override
        public String key() {
            return "random";
        }

        @Override
        public int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset) {
            argsort(noise(grid * grid, random), shuffle, offset);
            return 0;
        }
    }

    /**
     * Removes rectangular blocks until the target count is reached. Source: BEiT's block-wise masking, paper table 1f.
     *
     * <p>A block has an area uniform in [least, remaining] and an aspect ratio log-uniform in [0.3, 1/0.3]; it is accepted
     * when it removes at least one patch and not more than remain to be removed. When ten attempts fail, patches are removed
     * at random, so that every image of a batch removes the same number.
     */
    public record Block() implements MaskSampling {
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
            double[] noise = noise(removed.length, random);
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
                Arrays.fill(removed, y * grid + left, y * grid + left + width, true);
            }
        }

        /** Kept patches first; of these the {@code missing} last ones in a random order are removed too. */
        private static void order(boolean[] removed, int missing, double[] noise, long[] shuffle, int offset) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] += removed[i] ? 1 : 0;
            }
            argsort(noise, shuffle, offset);
            if (missing < 0) {
                throw new IllegalStateException("block sampling removed " + -missing + " patches too many");
            }
        }
    }

    /** Keeps one of every four patches, the upper left of each 2x2 cell. Source: paper, figure 6 and table 1f. */
    public record Grid() implements MaskSampling {
        @Override
        public String key() {
            return "grid";
        }

        @Override
        public Optional<String> unmet(int grid) {
            return grid % 2 == 0 ? Optional.empty() : Optional.of("an even number of patches a side, got " + grid);
        }

        @Override
        public int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset) {
            unmet(grid).ifPresent(need -> {
                throw new IllegalArgumentException("grid sampling needs " + need + "; choose another patch size");
            });
            if (lenKeep != grid * grid / 4) {
                throw new IllegalArgumentException("grid sampling keeps one patch of four, " + grid * grid / 4
                        + " here, got " + lenKeep + "; use mask ratio 0.75");
            }
            double[] noise = noise(grid * grid, random);
            for (int i = 0; i < noise.length; i++) {
                boolean kept = (i / grid) % 2 == 0 && (i % grid) % 2 == 0;
                noise[i] += kept ? 0 : 1;
            }
            argsort(noise, shuffle, offset);
            return 0;
        }
    }
}
