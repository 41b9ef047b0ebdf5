package io.maeharness.core.augment;

import io.maeharness.core.image.Enhance;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.Scratch;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The data augmentations of pre-training, one record per row of table 1e.
 *
 * <p>Source: paper, table 1e and section 4.1.
 */
public sealed interface Augmentation extends SampleTransform {

    /** Returns the name under which configurations know it. */
    String key();

    /** Returns the names of all augmentations, in the order of the table. */
    static List<String> keys() {
        return Known.ALL.stream().map(Augmentation::key).toList();
    }

    /**
     * Returns the augmentation of a configuration key.
     *
     * @throws IllegalArgumentException when no augmentation has this key; the message lists the known ones
     */
    static Augmentation of(String key) {
        return Known.ALL.stream()
                .filter(known -> known.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown augmentation '" + key + "'; known are " + String.join(", ", keys())));
    }

    /** Centre crop without flip; a picture of the input's size stays as it is. */
    record None() implements Augmentation {
        @Override
        public String key() {
            return "none";
        }

        @Override
        public boolean flips() {
            return false;
        }

        @Override
        public byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch) {
            return new EvaluationTransform().square(in, size, random, scratch);
        }
    }

    /** Shorter side to 8/7 of the input's size (256 for 224, 37 for 32), random crop, flip. */
    record FixedSizeCrop() implements Augmentation {
        @Override
        public String key() {
            return "crop-fixed-size";
        }

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
    record RandomSizeCrop(CropScale scale) implements Augmentation {
        @Override
        public String key() {
            return "crop-random-size";
        }

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
    record ColorJitter(CropScale scale, double strength) implements Augmentation {

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
        public String key() {
            return "crop-color-jitter";
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

    /** The rows of the table with the paper's strengths. */
    final class Known {
        private static final List<Augmentation> ALL = List.of(
                new None(),
                new FixedSizeCrop(),
                new RandomSizeCrop(CropScale.PRETRAINING),
                new ColorJitter(CropScale.PRETRAINING, ColorJitter.DEFAULT_STRENGTH));

        private Known() {}
    }
}
