package io.maeharness.core.augment;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Mixup, cutmix and label smoothing of a batch.
 *
 * <p>Image i is mixed with image B - 1 - i, all with the same share, as in the published code of the
 * paper. Source: paper, table 9; Zhang et al., arXiv 1710.09412 (mixup); Yun et al., arXiv 1905.04899
 * (cutmix).
 *
 * @param mixupAlpha shares of mixup are Beta(alpha, alpha); 0: no mixup
 * @param cutmixAlpha shares of cutmix are Beta(alpha, alpha); 0: no cutmix
 * @param switchProbability with which a batch gets cutmix when both are on
 * @param labelSmoothing part of each target spread over all classes, in [0, 1)
 */
public record Mixing(double mixupAlpha, double cutmixAlpha, double switchProbability, double labelSmoothing) {

    /** The paper's setting for fine-tuning: mixup 0.8, cutmix 1.0, each half of the batches, smoothing 0.1. */
    public static final Mixing PAPER = new Mixing(0.8, 1.0, 0.5, 0.1);

    /** Checks the ranges. */
    public Mixing {
        if (!(mixupAlpha >= 0 && cutmixAlpha >= 0)) {
            throw new IllegalArgumentException("mixup's and cutmix's alpha must be 0 (off) or positive, got "
                    + mixupAlpha + " and " + cutmixAlpha + "; the paper has 0.8 and 1.0");
        }
        if (!(switchProbability >= 0 && switchProbability <= 1)) {
            throw new IllegalArgumentException(
                    "the probability of cutmix must lie in [0, 1], got " + switchProbability + "; the paper has 0.5");
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException(
                    "label smoothing must lie in [0, 1), got " + labelSmoothing + "; the paper has 0.1");
        }
    }

    /** Returns label smoothing alone. */
    public static Mixing none(double labelSmoothing) {
        return new Mixing(0, 0, 0, labelSmoothing);
    }

    /**
     * Mixes a batch in place and returns its soft targets.
     *
     * @param images [B, C, S, S], B as many as there are labels; the array may be longer
     * @param labels [B]
     * @param step the optimisation step; with the stage's seed it determines every draw
     */
    public MixedBatch mix(
            float[] images, int[] labels, int channels, int size, int numClasses, StageRandom random, long step) {
        int length = channels * size * size;
        if (images.length < labels.length * length) {
            throw new IllegalArgumentException("a batch of " + labels.length + " x " + channels + " x " + size + " x "
                    + size + " needs " + labels.length * length + " floats, got " + images.length);
        }
        Mix mix = draw(size, random, step);
        mix.cut().ifPresentOrElse(cut -> cut.exchange(images, labels.length, channels, size), () -> {
            if (mix.blends()) {
                blend(images, labels.length, length, (float) mix.share());
            }
        });
        return new MixedBatch(images, targets(labels, numClasses, mix), mix.share());
    }

    /**
     * Draws how a batch is mixed.
     *
     * @param size side S of its images
     * @param step as for {@link #mix}
     */
    public Mix draw(int size, StageRandom random, long step) {
        RandomGenerator draws = random.at(Purpose.MIX, 0, step);
        if (cutmixAlpha > 0 && (mixupAlpha == 0 || draws.nextDouble() < switchProbability)) {
            Cut cut = Cut.draw(BetaDraw.symmetric(cutmixAlpha, draws), size, draws);
            return new Mix(cut.share(size), Optional.of(cut), false);
        }
        boolean blends = mixupAlpha > 0;
        return new Mix(blends ? BetaDraw.symmetric(mixupAlpha, draws) : 1, Optional.empty(), blends);
    }

    /**
     * How a batch is mixed.
     *
     * @param share of each image that is its own, 1 when nothing is mixed
     * @param cut what images exchange in cutmix
     * @param blends whether images are blended, as in mixup
     */
    public record Mix(double share, Optional<Cut> cut, boolean blends) {}

    private static void blend(float[] images, int count, int length, float share) {
        for (int i = 0; i < count / 2; i++) {
            int one = i * length;
            int other = (count - 1 - i) * length;
            for (int k = 0; k < length; k++) {
                float a = images[one + k];
                float b = images[other + k];
                images[one + k] = a * share + b * (1 - share);
                images[other + k] = b * share + a * (1 - share);
            }
        }
    }

    /**
     * The soft targets of a mixed batch: a distribution over the classes for each image, [B, classes].
     *
     * @param labels [B]
     */
    public float[] targets(int[] labels, int numClasses, Mix mix) {
        double share = mix.share();
        float[] targets = new float[labels.length * numClasses];
        Arrays.fill(targets, (float) (labelSmoothing / numClasses));
        for (int i = 0; i < labels.length; i++) {
            targets[i * numClasses + labels[i]] += (float) ((1 - labelSmoothing) * share);
            targets[i * numClasses + labels[labels.length - 1 - i]] += (float) ((1 - labelSmoothing) * (1 - share));
        }
        return targets;
    }

    /** A batch after mixing: images, soft targets and the share of each image that is its own. */
    public static final class MixedBatch {

        private final float[] images;
        private final float[] targets;
        private final double share;

        MixedBatch(float[] images, float[] targets, double share) {
            this.images = images;
            this.targets = targets;
            this.share = share;
        }

        /** Returns the array that was handed in, mixed in place: [B, C, S, S]. */
        public float[] images() {
            return images;
        }

        /** Returns a distribution over the classes for each image: [B, classes]; each sums to 1. */
        public float[] targets() {
            return targets;
        }

        /** Returns the share of each image that is its own, 1 when nothing was mixed. */
        public double share() {
            return share;
        }
    }

    /**
     * The rectangle that cutmix exchanges between two images.
     *
     * @param top first row
     * @param left first column
     * @param bottom row after the last
     * @param right column after the last
     */
    public record Cut(int top, int left, int bottom, int right) {

        /**
         * Draws a rectangle with a uniform centre, clipped at the border.
         *
         * @param share part of the area that should stay, before clipping
         */
        static Cut draw(double share, int size, RandomGenerator random) {
            int side = (int) (size * Math.sqrt(1 - share));
            int row = random.nextInt(size);
            int column = random.nextInt(size);
            return new Cut(
                    Math.max(0, row - side / 2),
                    Math.max(0, column - side / 2),
                    Math.min(size, row + side / 2),
                    Math.min(size, column + side / 2));
        }

        /** Returns the part of the area that stays, after clipping. */
        double share(int size) {
            return 1 - (double) ((bottom - top) * (right - left)) / (size * size);
        }

        /** Exchanges the rectangle between image i and image {@code count} - 1 - i. */
        void exchange(float[] images, int count, int channels, int size) {
            int area = size * size;
            for (int i = 0; i < count / 2; i++) {
                for (int channel = 0; channel < channels; channel++) {
                    int one = (i * channels + channel) * area;
                    int other = ((count - 1 - i) * channels + channel) * area;
                    exchangePlane(images, one, other, size);
                }
            }
        }

        private void exchangePlane(float[] images, int one, int other, int size) {
            for (int row = top; row < bottom; row++) {
                for (int k = row * size + left; k < row * size + right; k++) {
                    float moved = images[one + k];
                    images[one + k] = images[other + k];
                    images[other + k] = moved;
                }
            }
        }
    }
}
