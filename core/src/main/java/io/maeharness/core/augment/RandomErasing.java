package io.maeharness.core.augment;

import java.util.random.RandomGenerator;

/**
 * Replaces a random rectangle of a standardised image by normal noise.
 *
 * <p>Source: Zhong et al., "Random Erasing Data Augmentation", arXiv 1708.04896; the published code of
 * the paper fine-tunes with probability 0.25, its table 9 without.
 *
 * @param probability with which an image is changed, in [0, 1]
 * @param leastArea smallest share of the area
 * @param mostArea largest share of the area
 */
public record RandomErasing(double probability, double leastArea, double mostArea) {

    private static final int ATTEMPTS = 10;
    private static final double LOG_RATIO = StrictMath.log(1 / 0.3);

    /** Checks the ranges. */
    public RandomErasing {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("the probability of random erasing must lie in [0, 1], got "
                    + probability + "; the paper's table 9 has none, its code 0.25");
        }
        if (!(leastArea > 0 && leastArea <= mostArea && mostArea <= 1)) {
            throw new IllegalArgumentException("the erased share must satisfy 0 < least <= most <= 1, got " + leastArea
                    + " to " + mostArea + "; the usual one is 0.02 to 1/3");
        }
    }

    /** Returns rectangles of 2 % to a third of the area, with ratios from 0.3 to 1/0.3. */
    public static RandomErasing withProbability(double probability) {
        return new RandomErasing(probability, 0.02, 1 / 3.0);
    }

    /**
     * Changes an image in place.
     *
     * @param image [channels, size, size] from {@code offset} on
     */
    void apply(float[] image, int offset, int channels, int size, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double target = size * size * random.nextDouble(leastArea, mostArea);
            double ratio = StrictMath.exp(random.nextDouble(-LOG_RATIO, LOG_RATIO));
            int height = (int) Math.rint(Math.sqrt(target * ratio));
            int width = (int) Math.rint(Math.sqrt(target / ratio));
            if (height > 0 && width > 0 && height < size && width < size) {
                int top = random.nextInt(size - height + 1);
                int left = random.nextInt(size - width + 1);
                fill(image, offset, channels, size, top, left, height, width, random);
                return;
            }
        }
    }

    private static void fill(
            float[] image,
            int offset,
            int channels,
            int size,
            int top,
            int left,
            int height,
            int width,
            RandomGenerator random) {
        for (int channel = 0; channel < channels; channel++) {
            for (int row = top; row < top + height; row++) {
                int from = offset + (channel * size + row) * size + left;
                for (int i = from; i < from + width; i++) {
                    image[i] = (float) random.nextGaussian();
                }
            }
        }
    }
}
