package io.maeharness.core.image;

import java.util.function.IntUnaryOperator;

/**
 * Operations that map each level of a channel to another: as Pillow's ImageOps has them.
 *
 * <p>All work in place on the first {@code count} pixels of an HWC buffer.
 */
public final class Levels {

    private Levels() {}

    /** Stretches each channel so that its darkest level becomes 0 and its brightest 255. */
    public static void autoContrast(byte[] pixels, int count, int channels) {
        for (int channel = 0; channel < channels; channel++) {
            int[] histogram = histogram(pixels, count, channels, channel);
            int low = 0;
            int high = 255;
            while (low < 255 && histogram[low] == 0) {
                low++;
            }
            while (high > 0 && histogram[high] == 0) {
                high--;
            }
            if (high > low) {
                double scale = 255.0 / (high - low);
                double offset = -low * scale;
                map(pixels, count, channels, channel, level -> (int) (level * scale + offset));
            }
        }
    }

    /** Spreads each channel's levels so that all become about equally frequent. */
    public static void equalize(byte[] pixels, int count, int channels) {
        for (int channel = 0; channel < channels; channel++) {
            int[] histogram = histogram(pixels, count, channels, channel);
            int brightest = 255;
            while (brightest > 0 && histogram[brightest] == 0) {
                brightest--;
            }
            int step = (count - histogram[brightest]) / 255;
            if (step > 0) {
                int[] table = new int[256];
                int below = step / 2;
                for (int level = 0; level < 256; level++) {
                    table[level] = below / step;
                    below += histogram[level];
                }
                map(pixels, count, channels, channel, level -> table[level]);
            }
        }
    }

    /** Turns each level into 255 minus itself. */
    public static void invert(byte[] pixels, int count, int channels) {
        mapAll(pixels, count * channels, level -> 255 - level);
    }

    /**
     * Keeps the highest bits of each level.
     *
     * @param bits how many, 0 to 8
     */
    public static void posterize(byte[] pixels, int count, int channels, int bits) {
        int mask = 0xFF << (8 - bits);
        mapAll(pixels, count * channels, level -> level & mask);
    }

    /** Inverts the levels from a threshold on. */
    public static void solarize(byte[] pixels, int count, int channels, int threshold) {
        mapAll(pixels, count * channels, level -> level < threshold ? level : 255 - level);
    }

    /** Adds to the levels below 128. */
    public static void solarizeAdd(byte[] pixels, int count, int channels, int added) {
        mapAll(pixels, count * channels, level -> level < 128 ? level + added : level);
    }

    private static int[] histogram(byte[] pixels, int count, int channels, int channel) {
        int[] histogram = new int[256];
        for (int i = 0; i < count; i++) {
            histogram[pixels[i * channels + channel] & 0xFF]++;
        }
        return histogram;
    }

    private static void mapAll(byte[] pixels, int length, IntUnaryOperator operator) {
        map(pixels, length, 1, 0, operator);
    }

    private static void map(byte[] pixels, int count, int step, int from, IntUnaryOperator operator) {
        byte[] table = new byte[256];
        for (int level = 0; level < 256; level++) {
            table[level] = (byte) Math.max(0, Math.min(255, operator.applyAsInt(level)));
        }
        for (int i = 0; i < count; i++) {
            int at = i * step + from;
            pixels[at] = table[pixels[at] & 0xFF];
        }
    }
}
