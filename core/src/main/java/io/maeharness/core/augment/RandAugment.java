package io.maeharness.core.augment;

import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A few random operations, each with a random magnitude, on a square of bytes.
 *
 * <p>Every operation is one of the fifteen of {@link AugmentOperation}, drawn with replacement; the
 * variants are the "increasing" ones, for which a larger magnitude always means a stronger change. A
 * grey picture is left as it is by the saturation.
 *
 * <p>Source: Cubuk et al., "RandAugment", arXiv 1909.13719; paper, table 9: (9, 0.5).
 *
 * @param operations how many operations are drawn
 * @param magnitude mean magnitude, 0 to 10
 * @param deviation standard deviation of the magnitude
 * @param probability with which a drawn operation is carried out
 * @param fill level 0 to 255 of each channel for places that come from outside the picture
 */
public record RandAugment(int operations, double magnitude, double deviation, double probability, List<Integer> fill) {

    /** The largest magnitude. */
    public static final double MOST = 10;

    /** Checks the ranges. */
    public RandAugment {
        fill = List.copyOf(fill);
        if (operations < 0) {
            throw new IllegalArgumentException(
                    "RandAugment needs 0 or more operations, got " + operations + "; the paper has 2");
        }
        if (!(magnitude >= 0 && magnitude <= MOST && deviation >= 0)) {
            throw new IllegalArgumentException(
                    "the magnitude of RandAugment must lie in [0, 10] with a deviation of at least 0, got " + magnitude
                            + " and " + deviation + "; the paper has 9 and 0.5");
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("the probability of an operation must lie in [0, 1], got " + probability
                    + "; the usual one is 0.5");
        }
    }

    /** Returns the paper's setting: two operations of magnitude 9 +- 0.5, each with probability one half. */
    public static RandAugment paper(PixelStatistics statistics) {
        return withMagnitude(9, statistics);
    }

    /** Returns the paper's setting with another mean magnitude; places outside get the mean colour. */
    public static RandAugment withMagnitude(double magnitude, PixelStatistics statistics) {
        return withMagnitude(magnitude, 0.5, statistics);
    }

    /** Returns the paper's setting with another mean magnitude and deviation; places outside get the mean colour. */
    public static RandAugment withMagnitude(double magnitude, double deviation, PixelStatistics statistics) {
        List<Integer> mean = IntStream.range(0, statistics.channels())
                .map(channel -> statistics.level(0, channel))
                .boxed()
                .toList();
        return new RandAugment(2, magnitude, deviation, 0.5, mean);
    }

    /**
     * Changes a square in place.
     *
     * @param pixels [size, size, channels]
     */
    void apply(byte[] pixels, int size, int channels, RandomGenerator random, Scratch scratch) {
        if (channels != fill.size()) {
            throw new IllegalArgumentException(
                    "RandAugment fills " + fill.size() + " channels, the picture has " + channels);
        }
        AugmentOperation.Canvas canvas = new AugmentOperation.Canvas(
                pixels, size, channels, fill.stream().mapToInt(i -> i).toArray(), scratch);
        AugmentOperation[] known = AugmentOperation.values();
        for (int i = 0; i < operations; i++) {
            AugmentOperation operation = known[random.nextInt(known.length)];
            if (random.nextDouble() < probability) {
                double drawn = random.nextGaussian(magnitude, deviation);
                operation.apply(canvas, Math.max(0, Math.min(MOST, drawn)) / MOST, random.nextBoolean() ? -1 : 1);
            }
        }
    }
}
