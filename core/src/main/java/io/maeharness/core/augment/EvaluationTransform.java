package io.maeharness.core.augment;

import io.maeharness.core.image.Picture;
import io.maeharness.core.image.Scratch;
import java.util.random.RandomGenerator;

/**
 * What evaluation sees: shorter side to 256/224 of the input's size, centre crop.
 *
 * <p>A picture that already has the input's size stays as it is, so that the small-image profiles
 * evaluate at the native size. Nothing is drawn. Source: paper, section A.1.
 */
public record EvaluationTransform() implements SampleTransform {

    /** Returns the shorter side before the crop: 256 for 224, 37 for 32. */
    public static int resized(int size) {
        return Math.round(size * 8 / 7f);
    }

    @Override
    public boolean flips() {
        return false;
    }

    @Override
    public byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch) {
        if (in.width() == size && in.height() == size) {
            return in.pixels();
        }
        return View.cropOfResized(in, resized(size), size, View::centre, View::centre, scratch);
    }
}
