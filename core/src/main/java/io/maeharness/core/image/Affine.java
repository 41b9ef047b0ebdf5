package io.maeharness.core.image;

/**
 * An affine map from each pixel of the result to a place in the picture: (a x + b y + c, d x + e y + f).
 *
 * <p>The interpolation is that of Pillow's transforms, whose cubic has a = -1 where its resizing has
 * -0.5, truncated to whole levels. Coordinates count from the top left corner in pixels; pixel centres lie at halves.
 *
 * @param a columns a step to the right moves
 * @param b columns a step down moves
 * @param c columns of shift
 * @param d rows a step to the right moves
 * @param e rows a step down moves
 * @param f rows of shift
 */
public record Affine(double a, double b, double c, double d, double e, double f) {

    /** Returns a rotation about the centre of a square, counter-clockwise for positive degrees. */
    public static Affine rotation(double degrees, int size) {
        double angle = StrictMath.toRadians(degrees);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double centre = size / 2.0;
        return new Affine(cos, -sin, centre - (cos - sin) * centre, sin, cos, centre - (sin + cos) * centre);
    }

    /** Returns a shear along the rows: each row is shifted by the factor times its distance from the top. */
    public static Affine shearX(double factor) {
        return new Affine(1, factor, 0, 0, 1, 0);
    }

    /** Returns a shear along the columns. */
    public static Affine shearY(double factor) {
        return new Affine(1, 0, 0, factor, 1, 0);
    }

    /** Returns a shift by pixels. */
    public static Affine translation(double columns, double rows) {
        return new Affine(1, 0, columns, 0, 1, rows);
    }

    /**
     * Applies this map to a square in place, by bicubic interpolation.
     *
     * @param pixels [size, size, channels]
     * @param fill level of each channel for places outside the picture
     */
    public void apply(byte[] pixels, int size, int channels, int[] fill, Scratch scratch) {
        int length = size * size * channels;
        byte[] before = scratch.spare(length);
        System.arraycopy(pixels, 0, before, 0, length);
        double[] weights = new double[8];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double x = a * (column + 0.5) + b * (row + 0.5) + c;
                double y = d * (column + 0.5) + e * (row + 0.5) + f;
                int at = (row * size + column) * channels;
                if (x < 0 || y < 0 || x >= size || y >= size) {
                    for (int channel = 0; channel < channels; channel++) {
                        pixels[at + channel] = (byte) fill[channel];
                    }
                } else {
                    sample(before, size, channels, x - 0.5, y - 0.5, weights, pixels, at);
                }
            }
        }
    }

    /** Writes one pixel, interpolated from 4x4 neighbours; beyond the border its pixels are repeated. */
    private static void sample(
            byte[] in, int size, int channels, double x, double y, double[] weights, byte[] out, int at) {
        int left = (int) Math.floor(x) - 1;
        int top = (int) Math.floor(y) - 1;
        for (int k = 0; k < 4; k++) {
            weights[k] = cubic(x - (left + k));
            weights[4 + k] = cubic(y - (top + k));
        }
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            for (int k = 0; k < 16; k++) {
                int column = Math.max(0, Math.min(size - 1, left + k % 4));
                int row = Math.max(0, Math.min(size - 1, top + k / 4));
                sum += weights[k % 4] * weights[4 + k / 4] * (in[(row * size + column) * channels + channel] & 0xFF);
            }
            out[at + channel] = (byte) Math.max(0, Math.min(255, (int) sum));
        }
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return (x - 2) * x * x + 1;
        }
        return x < 2 ? 4 - ((x - 5) * x + 8) * x : 0;
    }
}
