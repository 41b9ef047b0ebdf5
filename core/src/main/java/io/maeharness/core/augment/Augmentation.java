package io.maeharness.core.augment;

import io.maeharness.core.discovery.Named;
import io.maeharness.core.image.Enhance;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.Scratch;
import java.util.random.RandomGenerator;

/** The data augmentations of pre-training: the rows of table 1e. Source: paper, table 1e and section 4.1. */
public enum Augmentation implements Named {
    /** Centre crop without flip; a picture of the input's size stays as it is. */
    NONE("none") {
        @Override
        public SampleTransform transform(CropScale scale) {
            return new EvaluationTransform();
        }
    },
    /** Random crop of one size, and flip. */
    CROP_FIXED_SIZE("crop-fixed-size") {
        @Override
        public SampleTransform transform(CropScale scale) {
            return new FixedSizeCrop();
        }
    },
    /** Random crop of random size, and flip: the paper's default. */
    CROP_RANDOM_SIZE("crop-random-size") {
        @Override
        public SampleTransform transform(CropScale scale) {
            return new RandomSizeCrop(scale);
        }
    },
    /** The same with colour jitter. */
    CROP_COLOR_JITTER("crop-color-jitter") {
        @Override
        public SampleTransform transform(CropScale scale) {
            return new ColorJitter(scale, ColorJitter.DEFAULT_STRENGTH);
        }
    };

    private final String key;

    Augmentation(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /**
     * Returns what is done to a picture.
     *
     * @param scale which share of the area a crop of random size covers
     */
    public abstract SampleTransform transform(CropScale scale);

    /** Shorter side to 8/7 of the input's size (256 for 224, 37 for 32), random crop, flip. */
    public record FixedSizeCrop() implements SampleTransform {
        @Override
        public boolean flips() {
            return true;
        }

        @Override
        public byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch) {
            int shorter = EvaluationTransform.resized(size);
            View.Position anywhere = free -> random.nextInt(free + 1);
            return View.cropOfResized(in, shorter, size, anywhere, anywhere, scratch);
        }
    }

    /**
     * Crop of random area and ratio, resized to the input's size, and flip.
     *
     * @param scale which share of the area a crop covers
     */
    public record RandomSizeCrop(CropScale scale) implements SampleTransform {
        @Override
        public boolean flips() {
            return true;
        }

        @Override
        public byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch) {
            return View.crop(in, scale.draw(in.width(), in.height(), random), size, scratch);
        }
    }

    /**
     * Random-size crop and flip, then brightness, contrast and saturation in a random order.
     *
     * @param scale which share of the area a crop covers
     * @param strength each factor is uniform in [1 - strength, 1 + strength]
     */
    public record ColorJitter(CropScale scale, double strength) implements SampleTransform {

        /** The paper gives no strength; this is BEiT's. */
        public static final double DEFAULT_STRENGTH = 0.4;

        /** Checks that factors cannot be negative. */
        public ColorJitter {
            if (!(strength >= 0 && strength <= 1)) {
                throw new IllegalArgumentException("the strength of colour jitter must lie in [0, 1], got " + strength
                        + "; the default is " + DEFAULT_STRENGTH);
            }
        }

        @Override
        public boolean flips() {
            return true;
        }

        @Override
        public byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch) {
            byte[] pixels = View.crop(in, scale.draw(in.width(), in.height(), random), size, scratch);
            jitter(pixels, size * size, in.channels(), random);
            return pixels;
        }

        private void jitter(byte[] pixels, int count, int channels, RandomGenerator random) {
            int first = random.nextInt(3);
            int second = (first + 1 + random.nextInt(2)) % 3;
            for (int operation : new int[] {first, second, 3 - first - second}) {
                float factor = (float) random.nextDouble(1 - strength, 1 + strength);
                switch (operation) {
                    case 0 -> Enhance.brightness(pixels, count, channels, factor);
                    case 1 -> Enhance.contrast(pixels, count, channels, factor);
                    default -> Enhance.saturation(pixels, count, channels, factor);
                }
            }
        }
    }
}
