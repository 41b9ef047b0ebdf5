package io.maeharness.core.augment;

import io.maeharness.core.image.Enhance;
import io.maeharness.core.image.Hue;
import java.util.random.RandomGenerator;

/**
 * Brightness, contrast, saturation and hue changed in a random order, with a probability.
 *
 * <p>On grey pictures saturation and hue have nothing to change. Source: torchvision's ColorJitter
 * inside RandomApply, as DINO and MoCo v3 use it.
 *
 * @param probability with which a view is changed, in [0, 1]
 * @param brightness the factor is uniform in [1 - brightness, 1 + brightness]
 * @param contrast likewise
 * @param saturation likewise
 * @param hue the shift is uniform in [-hue, hue] of the colour circle; at most 0.5
 */
public record ColourDistortion(double probability, double brightness, double contrast, double saturation, double hue) {

    /** DINO's and MoCo v3's strengths. Source: RandomApply(ColorJitter(0.4, 0.4, 0.2, 0.1), 0.8). */
    public static final ColourDistortion PUBLISHED = new ColourDistortion(0.8, 0.4, 0.4, 0.2, 0.1);

    private static final int OPERATIONS = 4;

    /** Checks the ranges. */
    public ColourDistortion {
        checkShare("probability", probability, 1, "0.8");
        checkShare("brightness", brightness, 1, "0.4");
        checkShare("contrast", contrast, 1, "0.4");
        checkShare("saturation", saturation, 1, "0.2");
        checkShare("hue", hue, 0.5, "0.1");
    }

    /** Returns these strengths with all four multiplied, for data that bear less or need more; the probability stays. */
    public ColourDistortion times(double factor) {
        return new ColourDistortion(
                probability, brightness * factor, contrast * factor, saturation * factor, hue * factor);
    }

    /** Returns these strengths with another probability. */
    public ColourDistortion withProbability(double other) {
        return new ColourDistortion(other, brightness, contrast, saturation, hue);
    }

    private static void checkShare(String what, double value, double most, String published) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException("the " + what + " of colour distortion must lie in [0, " + most
                    + "], got " + value + "; the published one is " + published);
        }
    }

    /**
     * Changes the first {@code count} pixels of an HWC buffer in place.
     *
     * @param random the draws of this view
     */
    void apply(byte[] pixels, int count, int channels, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return;
        }
        int[] order = {0, 1, 2, 3};
        for (int i = OPERATIONS - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        for (int operation : order) {
            switch (operation) {
                case 0 -> Enhance.brightness(pixels, count, channels, factor(brightness, random));
                case 1 -> Enhance.contrast(pixels, count, channels, factor(contrast, random));
                case 2 -> Enhance.saturation(pixels, count, channels, factor(saturation, random));
                default -> Hue.shift(pixels, count, channels, random.nextDouble(-hue, hue));
            }
        }
    }

    private static float factor(double strength, RandomGenerator random) {
        return (float) random.nextDouble(1 - strength, 1 + strength);
    }
}
