package io.maeharness.core.augment;

import io.maeharness.core.image.Affine;
import io.maeharness.core.image.Enhance;
import io.maeharness.core.image.Levels;
import io.maeharness.core.image.Scratch;

/**
 * The operations that RandAugment draws from.
 *
 * <p>Source: Cubuk et al., arXiv 1909.13719, with the increasing variants of its common PyTorch
 * implementation, which the published code of the paper uses.
 */
enum AugmentOperation {
    AUTO_CONTRAST {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Levels.autoContrast(on.pixels, on.count(), on.channels);
        }
    },
    EQUALIZE {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Levels.equalize(on.pixels, on.count(), on.channels);
        }
    },
    INVERT {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Levels.invert(on.pixels, on.count(), on.channels);
        }
    },
    ROTATE {
        @Override
        void apply(Canvas on, double strength, int sign) {
            on.move(Affine.rotation(sign * strength * 30, on.size));
        }
    },
    POSTERIZE {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Levels.posterize(on.pixels, on.count(), on.channels, 4 - (int) (strength * 4));
        }
    },
    SOLARIZE {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Levels.solarize(on.pixels, on.count(), on.channels, 256 - (int) (strength * 256));
        }
    },
    SOLARIZE_ADD {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Levels.solarizeAdd(on.pixels, on.count(), on.channels, (int) (strength * 110));
        }
    },
    SATURATION {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Enhance.saturation(on.pixels, on.count(), on.channels, factor(strength, sign));
        }
    },
    CONTRAST {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Enhance.contrast(on.pixels, on.count(), on.channels, factor(strength, sign));
        }
    },
    BRIGHTNESS {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Enhance.brightness(on.pixels, on.count(), on.channels, factor(strength, sign));
        }
    },
    SHARPNESS {
        @Override
        void apply(Canvas on, double strength, int sign) {
            Enhance.sharpness(on.pixels, on.size, on.size, on.channels, factor(strength, sign), on.scratch);
        }
    },
    SHEAR_X {
        @Override
        void apply(Canvas on, double strength, int sign) {
            on.move(Affine.shearX(sign * strength * 0.3));
        }
    },
    SHEAR_Y {
        @Override
        void apply(Canvas on, double strength, int sign) {
            on.move(Affine.shearY(sign * strength * 0.3));
        }
    },
    TRANSLATE_X {
        @Override
        void apply(Canvas on, double strength, int sign) {
            on.move(Affine.translation(sign * strength * 0.45 * on.size, 0));
        }
    },
    TRANSLATE_Y {
        @Override
        void apply(Canvas on, double strength, int sign) {
            on.move(Affine.translation(0, sign * strength * 0.45 * on.size));
        }
    };

    /**
     * Changes the canvas in place.
     *
     * @param strength magnitude as a share of the largest, 0 to 1
     * @param sign -1 or 1, the direction where an operation has two
     */
    abstract void apply(Canvas on, double strength, int sign);

    private static float factor(double strength, int sign) {
        return (float) Math.max(0.1, 1 + sign * strength * 0.9);
    }

    /** A square of bytes and what is needed to change it. */
    static final class Canvas {
        private final byte[] pixels;
        private final int size;
        private final int channels;
        private final int[] fill;
        private final Scratch scratch;

        Canvas(byte[] pixels, int size, int channels, int[] fill, Scratch scratch) {
            this.pixels = pixels;
            this.size = size;
            this.channels = channels;
            this.fill = fill;
            this.scratch = scratch;
        }

        private int count() {
            return size * size;
        }

        private void move(Affine affine) {
            affine.apply(pixels, size, channels, fill, scratch);
        }
    }
}
