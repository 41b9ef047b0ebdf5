package io.maeharness.core.image;

import java.util.Arrays;

/** A picture of bytes, 0 to 255; its pixels are shared with the caller, not copied. */
public final class Picture {

    private final int width;
    private final int height;
    private final int channels;
    private final byte[] pixels;

    /**
     * Wraps an array that has as many bytes as the shape says.
     *
     * @param width columns
     * @param height rows
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param pixels [height, width, channels]
     */
    public Picture(int width, int height, int channels, byte[] pixels) {
        if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "a picture needs a width and height of at least 1 and 1 or 3 channels, got " + width + " x "
                            + height + " x " + channels);
        }
        if (pixels.length != width * height * channels) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " x " + channels + " needs "
                    + width * height * channels + " bytes, got " + pixels.length);
        }
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.pixels = pixels;
    }

    /** Returns the number of columns. */
    public int width() {
        return width;
    }

    /** Returns the number of rows. */
    public int height() {
        return height;
    }

    /** Returns 1 for grey and 3 for red, green, blue. */
    public int channels() {
        return channels;
    }

    /** Returns the array itself, [height, width, channels]; do not write to it. */
    public byte[] pixels() {
        return pixels;
    }

    /** Returns the level of one pixel, 0 to 255. */
    public int level(int row, int column, int channel) {
        return pixels[(row * width + column) * channels + channel] & 0xFF;
    }

    /** Two pictures are equal when shape and bytes are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Picture that
                && width == that.width
                && height == that.height
                && channels == that.channels
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * width + height) + channels) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "Picture[" + width + " x " + height + " x " + channels + "]";
    }
}
