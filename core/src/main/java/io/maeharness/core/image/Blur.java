package io.maeharness.core.image;

/**
 * Gaussian blur as Pillow has it: three box blurs of fractional width along the rows, then three along the columns.
 *
 * <p>Beyond the border its pixels are repeated. Source: Gwosdek et al., "Theoretical foundations of
 * Gaussian convolution by extended box filtering", SSVM 2011, equations 7, 11 and 14; numbers made by
 * Pillow in {@code BlurTest}.
 */
public final class Blur {

    private static final int PASSES = 3;
    private static final int PRECISION = 24;

    private Blur() {}

    /**
     * Blurs a square in place.
     *
     * @param pixels [size, size, channels]
     * @param radius standard deviation of the Gaussian, in pixels; at 0 nothing happens
     */
    public static void gaussian(byte[] pixels, int size, int channels, double radius, Scratch scratch) {
        if (!(radius >= 0)) {
            throw new IllegalArgumentException("the radius of a blur must be at least 0 pixels, got " + radius);
        }
        if (radius == 0) {
            return;
        }
        Box box = Box.of((float) radius);
        int row = size * channels;
        int[] line = scratch.line(size);
        for (int y = 0; y < size; y++) {
            for (int channel = 0; channel < channels; channel++) {
                blurLine(pixels, y * row + channel, channels, size, box, line);
            }
        }
        for (int i = 0; i < row; i++) {
            blurLine(pixels, i, row, size, box, line);
        }
    }

    private static void blurLine(byte[] pixels, int from, int step, int size, Box box, int[] line) {
        for (int pass = 0; pass < PASSES; pass++) {
            for (int x = 0; x < size; x++) {
                line[x] = pixels[from + x * step] & 0xFF;
            }
            for (int x = 0; x < size; x++) {
                pixels[from + x * step] = (byte) box.mean(line, x, size);
            }
        }
    }

    /**
     * The window of one pass.
     *
     * @param reach pixels to each side that count fully
     * @param full weight of each of them, in fixed point of 24 bits
     * @param outermost weight of the next pixel on each side
     */
    private record Box(int reach, long full, long outermost) {

        /** Returns the window of which three passes have the variance radius^2. */
        static Box of(float radius) {
            float variance = radius * radius / PASSES;
            float length = (float) Math.sqrt(12.0 * variance + 1.0);
            float whole = (float) Math.floor((length - 1.0) / 2.0);
            float part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
            part /= 6 * (variance - (whole + 1) * (whole + 1));
            float reach = whole + part;
            long full = (long) ((1 << PRECISION) / (reach * 2 + 1));
            int inside = (int) reach;
            return new Box(inside, full, ((1 << PRECISION) - (inside * 2L + 1) * full) / 2);
        }

        int mean(int[] line, int at, int size) {
            long sum = 0;
            for (int x = at - reach; x <= at + reach; x++) {
                sum += line[Math.min(Math.max(x, 0), size - 1)];
            }
            int ends = line[Math.max(at - reach - 1, 0)] + line[Math.min(at + reach + 1, size - 1)];
            return (int) ((sum * full + ends * outermost + (1 << (PRECISION - 1))) >> PRECISION);
        }
    }
}
