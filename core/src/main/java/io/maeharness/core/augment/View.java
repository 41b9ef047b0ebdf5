package io.maeharness.core.augment;

import io.maeharness.core.image.Box;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Resampling;
import io.maeharness.core.image.Resize;
import io.maeharness.core.image.Scratch;

/** The steps that the transforms share: cutting a square out and writing it as floats or levels. */
final class View {

    private View() {}

    /** Writes a crop at {@code size} x {@code size} into a buffer of the scratch and returns it. */
    static byte[] crop(Picture in, Box box, int size, Scratch scratch) {
        byte[] pixels = scratch.pixels(size * size * in.channels());
        Box window = new Box(0, 0, size, size);
        Resize.crop(in, box, size, size, window, Resampling.BICUBIC, scratch, pixels);
        return pixels;
    }

    /**
     * Writes a square of the picture after its shorter side was resized.
     *
     * @param shorter length of the shorter side after resizing, at least {@code size}
     * @param across chooses the first column
     * @param down chooses the first row
     */
    static byte[] cropOfResized(Picture in, int shorter, int size, Position across, Position down, Scratch scratch) {
        int width = longer(shorter, in.width(), in.height());
        int height = longer(shorter, in.height(), in.width());
        Box window = new Box(across.choose(width - size), down.choose(height - size), size, size);
        byte[] pixels = scratch.pixels(size * size * in.channels());
        Resize.crop(in, Box.whole(in), width, height, window, Resampling.BICUBIC, scratch, pixels);
        return pixels;
    }

    /** Where a window starts among the positions 0 to {@code free}. */
    interface Position {
        int choose(int free);
    }

    /** The centred position: half of the free pixels, ties to even, as torchvision rounds. */
    static int centre(int free) {
        return (int) Math.rint(free / 2.0);
    }

    private static int longer(int shorter, int side, int other) {
        return side <= other ? shorter : (int) ((long) shorter * side / other);
    }

    /** Writes HWC bytes as standardised CHW floats, mirrored left to right when asked. */
    static void standardise(
            byte[] pixels,
            int size,
            boolean flip,
            PixelStatistics statistics,
            float[] out,
            int offset,
            Scratch scratch) {
        int channels = statistics.channels();
        float[][] levels = scratch.levels(statistics);
        for (int channel = 0; channel < channels; channel++) {
            float[] table = levels[channel];
            for (int row = 0; row < size; row++) {
                int from = row * size * channels + channel;
                int to = offset + (channel * size + row) * size;
                if (flip) {
                    writeBackward(pixels, from, channels, table, out, to, size);
                } else {
                    writeForward(pixels, from, channels, table, out, to, size);
                }
            }
        }
    }

    /** Writes HWC bytes as CHW bytes, mirrored left to right when asked. */
    static void separate(byte[] pixels, int size, int channels, boolean flip, byte[] out) {
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < size; row++) {
                int from = row * size * channels + channel;
                int to = (channel * size + row) * size;
                if (flip) {
                    copyBackward(pixels, from, channels, out, to, size);
                } else {
                    copyForward(pixels, from, channels, out, to, size);
                }
            }
        }
    }

    private static void copyForward(byte[] in, int from, int step, byte[] out, int to, int count) {
        for (int x = 0; x < count; x++) {
            out[to + x] = in[from + x * step];
        }
    }

    private static void copyBackward(byte[] in, int from, int step, byte[] out, int to, int count) {
        for (int x = 0; x < count; x++) {
            out[to + count - 1 - x] = in[from + x * step];
        }
    }

    private static void writeForward(byte[] in, int from, int step, float[] table, float[] out, int to, int count) {
        for (int x = 0; x < count; x++) {
            out[to + x] = table[in[from + x * step] & 0xFF];
        }
    }

    private static void writeBackward(byte[] in, int from, int step, float[] table, float[] out, int to, int count) {
        for (int x = 0; x < count; x++) {
            out[to + count - 1 - x] = table[in[from + x * step] & 0xFF];
        }
    }
}
