package io.maeharness.core.augment;

import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What fine-tuning and training from scratch see: random-size crop, flip, RandAugment, random erasing.
 *
 * <p>Each strength can be set, because small images bear less than ImageNet's. Source: paper, tables 9
 * and 11.
 *
 * @param scale which share of the area a crop covers
 * @param randAugment the random operations, or none
 * @param erasing the random erasing, or none
 */
public record FineTuneTransform(CropScale scale, Optional<RandAugment> randAugment, Optional<RandomErasing> erasing)
        implements SampleTransform {

    /** Returns the paper's recipe: crop (0.08, 1), RandAugment (9, 0.5), no erasing. */
    public static FineTuneTransform paper(PixelStatistics statistics) {
        return new FineTuneTransform(CropScale.INCEPTION, Optional.of(RandAugment.paper(statistics)), Optional.empty());
    }

    @Override
    public boolean flips() {
        return true;
    }

    @Override
    public byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch) {
        byte[] pixels = View.crop(in, scale.draw(in.width(), in.height(), random), size, scratch);
        randAugment.ifPresent(augment -> augment.apply(pixels, size, in.channels(), random, scratch));
        return pixels;
    }

    /** Erased places are filled with Gaussian noise, which is no level. */
    @Override
    public boolean yieldsLevels() {
        return erasing.isEmpty();
    }

    @Override
    public void apply(
            Picture in,
            int size,
            RandomGenerator random,
            PixelStatistics statistics,
            float[] out,
            int offset,
            Scratch scratch) {
        SampleTransform.super.apply(in, size, random, statistics, out, offset, scratch);
        erasing.ifPresent(erase -> erase.apply(out, offset, in.channels(), size, random));
    }
}
