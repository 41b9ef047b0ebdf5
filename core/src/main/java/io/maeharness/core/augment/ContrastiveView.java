package io.maeharness.core.augment;

import io.maeharness.core.image.Blur;
import io.maeharness.core.image.Enhance;
import io.maeharness.core.image.Levels;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.Scratch;
import java.util.random.RandomGenerator;

/**
 * One view of self-distillation or contrastive learning: random-size crop, flip, colour, grey, blur, solarise.
 *
 * <p>The blur's radius is uniform in [0.1, 2] pixels for views of 96 pixels and more, the two sizes at
 * which it was published; smaller views have it in proportion (at 32 pixels up to 0.67), so that it
 * blurs the same share of the side as in the published 96-pixel views. Works on grey pictures, where
 * the grey step and two of the four colour changes do nothing. Source: DINO (arXiv 2104.14294) and MoCo v3
 * (arXiv 2104.02057), both after BYOL (arXiv 2006.07733), appendix B.
 *
 * @param scale which share of the area a crop covers
 * @param colour the colour changes
 * @param grey probability of a grey view, in [0, 1]; published 0.2
 * @param blur probability of a blurred view, in [0, 1]
 * @param solarise probability of a view whose levels from 128 on are inverted, in [0, 1]
 */
public record ContrastiveView(CropScale scale, ColourDistortion colour, double grey, double blur, double solarise)
        implements SampleTransform {

    private static final double LEAST_RADIUS = 0.1;
    private static final double MOST_RADIUS = 2;
    private static final double PUBLISHED_SIDE = 96;
    private static final int THRESHOLD = 128;

    /** Checks the probabilities. */
    public ContrastiveView {
        checkProbability("grey", grey);
        checkProbability("blur", blur);
        checkProbability("solarise", solarise);
    }

    private static void checkProbability(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "the probability of " + what + " must lie in [0, 1], got " + value + "; 0 switches it off");
        }
    }

    @Override
    public boolean flips() {
        return true;
    }

    @Override
    public byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch) {
        byte[] pixels = View.crop(in, scale.draw(in.width(), in.height(), random), size, scratch);
        int count = size * size;
        int channels = in.channels();
        colour.apply(pixels, count, channels, random);
        if (random.nextDouble() < grey) {
            Enhance.saturation(pixels, count, channels, 0);
        }
        if (random.nextDouble() < blur) {
            double radius = random.nextDouble(LEAST_RADIUS, MOST_RADIUS) * Math.min(1, size / PUBLISHED_SIDE);
            Blur.gaussian(pixels, size, channels, radius, scratch);
        }
        if (random.nextDouble() < solarise) {
            Levels.solarize(pixels, count, channels, THRESHOLD);
        }
        return pixels;
    }
}
