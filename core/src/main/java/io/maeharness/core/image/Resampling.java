package io.maeharness.core.image;

/** A resampling filter of Pillow, stretched by the scale when a picture shrinks. */
public enum Resampling {
    /** The triangle filter; it reaches one pixel to each side. */
    BILINEAR(1) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            return x < 1 ? 1 - x : 0;
        }
    },
    /** Keys's cubic with a = -0.5; it reaches two pixels to each side. */
    BICUBIC(2) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return ((A + 2) * x - (A + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
        }
    };

    private static final double A = -0.5;

    private final int support;

    Resampling(int support) {
        this.support = support;
    }

    /** Returns how far the filter reaches to each side, in pixels, before it is stretched. */
    int support() {
        return support;
    }

    /** Returns the filter's value at a distance from its centre. */
    abstract double weight(double distance);
}
