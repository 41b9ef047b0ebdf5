package io.maeharness.core.image;

import java.util.Arrays;

/**
 * Antialiased resizing of a crop, equal to Pillow's to the bit.
 *
 * <p>Columns first, then rows, with bytes in between; weights in fixed point of 22 bits. Neighbours
 * outside the crop are not read, as when the crop is cut out first.
 *
 * <p>Source: the golden values in {@code golden/image-ops}, made by Pillow.
 */
public final class Resize {

    private Resize() {}

    /**
     * The numbers by which a line of pixels is resized, for whoever computes what {@link #crop} does elsewhere: a line of
     * levels times them, plus half of 2^22, over 2^22, rounded down and clipped to bytes.
     *
     * @param input pixels before
     * @param output pixels after, another number
     * @return [output, input], whole numbers
     */
    public static double[] taps(int input, int output, Resampling filter) {
        Taps taps = new Taps(input, output, filter);
        double[] matrix = new double[output * input];
        for (int i = 0; i < output; i++) {
            for (int k = 0; k < taps.count(); k++) {
                matrix[i * input + taps.first(i) + k] = taps.weights()[i * taps.count() + k];
            }
        }
        return matrix;
    }

    /**
     * Returns a crop of a picture at another size.
     *
     * @param box what to cut out
     * @param width columns of the result
     * @param height rows of the result
     */
    public static Picture crop(Picture picture, Box box, int width, int height, Resampling filter) {
        byte[] out = new byte[width * height * picture.channels()];
        crop(picture, box, width, height, new Box(0, 0, width, height), filter, new Scratch(), out);
        return new Picture(width, height, picture.channels(), out);
    }

    /**
     * Writes a window of a resized crop into a buffer.
     *
     * <p>The result is what the whole crop resized to {@code width} x {@code height} holds inside the
     * window; pixels outside it are not computed.
     *
     * @param box what to cut out
     * @param width columns of the resized crop
     * @param height rows of the resized crop
     * @param window the part of the resized crop that is wanted
     * @param out receives [window.height, window.width, channels]
     */
    public static void crop(
            Picture picture,
            Box box,
            int width,
            int height,
            Box window,
            Resampling filter,
            Scratch scratch,
            byte[] out) {
        box.checkInside(picture);
        if (window.left() + window.width() > width || window.top() + window.height() > height) {
            throw new IllegalArgumentException(window + " does not lie inside a result of " + width + " x " + height);
        }
        if (box.width() == width && box.height() == height) {
            copy(picture, box, window, out);
            return;
        }
        Taps across = scratch.taps(box.width(), width, filter);
        Taps down = scratch.taps(box.height(), height, filter);
        int top = down.first(window.top());
        int bottom = down.first(window.top() + window.height() - 1) + down.count();
        int[] rows = scratch.rows((bottom - top) * window.width() * picture.channels());
        for (int row = top; row < bottom; row++) {
            int in = ((box.top() + row) * picture.width() + box.left()) * picture.channels();
            int to = (row - top) * window.width() * picture.channels();
            if (picture.channels() == 1) {
                acrossGrey(picture.pixels(), in, across, window, rows, to);
            } else {
                acrossColour(picture.pixels(), in, across, window, rows, to);
            }
        }
        down(rows, top, down, window, window.width() * picture.channels(), scratch, out);
    }

    private static void copy(Picture picture, Box box, Box window, byte[] out) {
        int length = window.width() * picture.channels();
        for (int row = 0; row < window.height(); row++) {
            int from = (box.top() + window.top() + row) * picture.width() + box.left() + window.left();
            System.arraycopy(picture.pixels(), from * picture.channels(), out, row * length, length);
        }
    }

    private static void acrossGrey(byte[] in, int from, Taps taps, Box window, int[] rows, int to) {
        int[] weights = taps.weights();
        int count = taps.count();
        for (int x = 0; x < window.width(); x++) {
            int column = window.left() + x;
            int pixel = from + taps.first(column);
            int w = column * count;
            int sum = Taps.HALF;
            if (count == 4) { // every enlargement by the cubic
                sum += (in[pixel] & 0xFF) * weights[w]
                        + (in[pixel + 1] & 0xFF) * weights[w + 1]
                        + (in[pixel + 2] & 0xFF) * weights[w + 2]
                        + (in[pixel + 3] & 0xFF) * weights[w + 3];
            } else {
                for (int k = 0; k < count; k++) {
                    sum += (in[pixel + k] & 0xFF) * weights[w + k];
                }
            }
            rows[to + x] = Taps.level(sum);
        }
    }

    private static void acrossColour(byte[] in, int from, Taps taps, Box window, int[] rows, int to) {
        int[] weights = taps.weights();
        int count = taps.count();
        for (int x = 0; x < window.width(); x++) {
            int column = window.left() + x;
            int pixel = from + taps.first(column) * 3;
            int w = column * count;
            if (count == 4) { // every enlargement by the cubic
                fourPixels(in, pixel, weights, w, rows, to + 3 * x);
            } else {
                pixels(in, pixel, weights, w, count, rows, to + 3 * x);
            }
        }
    }

    private static void fourPixels(byte[] in, int pixel, int[] weights, int w, int[] rows, int to) {
        int w0 = weights[w];
        int w1 = weights[w + 1];
        int w2 = weights[w + 2];
        int w3 = weights[w + 3];
        for (int channel = 0; channel < 3; channel++) {
            int i = pixel + channel;
            rows[to + channel] = Taps.level(Taps.HALF
                    + (in[i] & 0xFF) * w0
                    + (in[i + 3] & 0xFF) * w1
                    + (in[i + 6] & 0xFF) * w2
                    + (in[i + 9] & 0xFF) * w3);
        }
    }

    private static void pixels(byte[] in, int pixel, int[] weights, int w, int count, int[] rows, int to) {
        int red = Taps.HALF;
        int green = Taps.HALF;
        int blue = Taps.HALF;
        for (int k = 0; k < count; k++) {
            int weight = weights[w + k];
            red += (in[pixel + 3 * k] & 0xFF) * weight;
            green += (in[pixel + 3 * k + 1] & 0xFF) * weight;
            blue += (in[pixel + 3 * k + 2] & 0xFF) * weight;
        }
        rows[to] = Taps.level(red);
        rows[to + 1] = Taps.level(green);
        rows[to + 2] = Taps.level(blue);
    }

    private static void down(int[] rows, int top, Taps taps, Box window, int length, Scratch scratch, byte[] out) {
        int[] line = scratch.line(length);
        int[] weights = taps.weights();
        for (int y = 0; y < window.height(); y++) {
            int row = window.top() + y;
            int from = (taps.first(row) - top) * length;
            int w = row * taps.count();
            if (taps.count() == 4) {
                fourRows(rows, from, length, weights, w, line);
            } else {
                Arrays.fill(line, 0, length, Taps.HALF);
                for (int k = 0; k < taps.count(); k++) {
                    addRow(rows, from + k * length, length, weights[w + k], line);
                }
            }
            for (int x = 0; x < length; x++) {
                out[y * length + x] = (byte) Taps.level(line[x]);
            }
        }
    }

    private static void addRow(int[] rows, int from, int length, int weight, int[] line) {
        for (int x = 0; x < length; x++) {
            line[x] += rows[from + x] * weight;
        }
    }

    private static void fourRows(int[] rows, int from, int length, int[] weights, int w, int[] line) {
        int w0 = weights[w];
        int w1 = weights[w + 1];
        int w2 = weights[w + 2];
        int w3 = weights[w + 3];
        for (int x = 0; x < length; x++) {
            line[x] = Taps.HALF
                    + rows[from + x] * w0
                    + rows[from + length + x] * w1
                    + rows[from + 2 * length + x] * w2
                    + rows[from + 3 * length + x] * w3;
        }
    }
}
