package io.maeharness.core.image;

/**
 * Brightness, contrast, saturation and sharpness as Pillow's enhancers have them.
 *
 * <p>Each blends the picture with a degenerate one: black, the mean grey, the grey picture, or a smoothed one. A
 * factor of 1 leaves the picture, 0 gives the degenerate one, more than 1 overshoots and is clipped.
 * All work in place on the first {@code count} pixels of an HWC buffer.
 *
 * <p>Source: the golden values in {@code golden/image-ops}, made by Pillow.
 */
public final class Enhance {

    private Enhance() {}

    /** Scales every level by the factor. */
    public static void brightness(byte[] pixels, int count, int channels, float factor) {
        blendAll(pixels, count * channels, 0, factor);
    }

    /** Moves every level away from, or towards, the mean luminance of the picture. */
    public static void contrast(byte[] pixels, int count, int channels, float factor) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += luminance(pixels, i, channels);
        }
        int mean = (int) ((double) sum / count + 0.5);
        blendAll(pixels, count * channels, mean, factor);
    }

    /** Moves every pixel away from, or towards, its own luminance; a grey picture stays as it is. */
    public static void saturation(byte[] pixels, int count, int channels, float factor) {
        if (channels == 1) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int grey = luminance(pixels, i, channels);
            int k = i * channels;
            pixels[k] = blend(grey, pixels[k] & 0xFF, factor);
            pixels[k + 1] = blend(grey, pixels[k + 1] & 0xFF, factor);
            pixels[k + 2] = blend(grey, pixels[k + 2] & 0xFF, factor);
        }
    }

    /** Blends with one grey; a table, because there are fewer levels than pixels. */
    private static void blendAll(byte[] pixels, int length, int degenerate, float factor) {
        byte[] table = new byte[256];
        for (int level = 0; level < table.length; level++) {
            table[level] = blend(degenerate, level, factor);
        }
        for (int i = 0; i < length; i++) {
            pixels[i] = table[pixels[i] & 0xFF];
        }
    }

    /**
     * Moves every level away from, or towards, its smoothed neighbourhood; the outermost pixels stay.
     *
     * <p>The neighbourhood is 3x3, its centre counts five times.
     *
     * @param width columns
     * @param height rows
     */
    public static void sharpness(byte[] pixels, int width, int height, int channels, float factor, Scratch scratch) {
        byte[] before = scratch.spare(width * height * channels);
        System.arraycopy(pixels, 0, before, 0, width * height * channels);
        int row = width * channels;
        for (int y = 1; y < height - 1; y++) {
            for (int i = y * row + channels; i < (y + 1) * row - channels; i++) {
                pixels[i] = blend(smooth(before, i, channels, row), before[i] & 0xFF, factor);
            }
        }
    }

    private static int smooth(byte[] pixels, int at, int left, int up) {
        int sum = 4 * (pixels[at] & 0xFF);
        for (int line = at - up; line <= at + up; line += up) {
            sum += (pixels[line - left] & 0xFF) + (pixels[line] & 0xFF) + (pixels[line + left] & 0xFF);
        }
        return (sum + 6) / 13;
    }

    /** Returns the luminance of a pixel by the weights of ITU-R 601 in 16-bit fixed point, rounded. */
    static int luminance(byte[] pixels, int index, int channels) {
        if (channels == 1) {
            return pixels[index] & 0xFF;
        }
        int i = index * channels;
        return ((pixels[i] & 0xFF) * 19595 + (pixels[i + 1] & 0xFF) * 38470 + (pixels[i + 2] & 0xFF) * 7471 + 0x8000)
                >> 16;
    }

    /** Returns degenerate + factor x (level - degenerate), truncated and clipped to a byte. */
    static byte blend(int degenerate, int level, float factor) {
        int value = (int) (degenerate + factor * (level - degenerate));
        return (byte) Math.max(0, Math.min(255, value));
    }
}
