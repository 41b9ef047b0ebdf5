package io.maeharness.core.image;

import java.util.HashMap;
import java.util.Map;

/**
 * Buffers and tables that one thread reuses from image to image.
 *
 * <p>It holds nothing that influences a result. Not safe for use by two threads at once.
 */
public final class Scratch {

    private static final int MOST_TAPS = 1024;

    private final Map<Long, Taps> taps = new HashMap<>();
    private int[] rows = new int[0];
    private int[] line = new int[0];
    private byte[] pixels = new byte[0];
    private byte[] spare = new byte[0];
    private byte[] planes = new byte[0];
    private float[] values = new float[0];
    private PixelStatistics statistics;
    private float[][] levels;

    /** Creates empty buffers; they grow with use. */
    public Scratch() {}

    /** Returns a buffer of at least this many bytes for the pixels of a result; its content is arbitrary. */
    public byte[] pixels(int length) {
        if (pixels.length < length) {
            pixels = new byte[length];
        }
        return pixels;
    }

    /** Returns a second buffer of at least this many bytes; its content is arbitrary. */
    public byte[] spare(int length) {
        if (spare.length < length) {
            spare = new byte[length];
        }
        return spare;
    }

    /** Returns a third buffer of at least this many bytes, for what is made of the first two; its content is arbitrary. */
    public byte[] planes(int length) {
        if (planes.length < length) {
            planes = new byte[length];
        }
        return planes;
    }

    /** Returns a buffer of at least this many floats; its content is arbitrary. */
    public float[] values(int length) {
        if (values.length < length) {
            values = new float[length];
        }
        return values;
    }

    /**
     * Returns for each channel the 256 floats that its levels standardise to.
     *
     * @param wanted the mean and deviation of each channel
     */
    public float[][] levels(PixelStatistics wanted) {
        if (!wanted.equals(statistics)) {
            levels = wanted.levels();
            statistics = wanted;
        }
        return levels;
    }

    Taps taps(int input, int output, Resampling filter) {
        long key = ((long) input << 32) | ((long) output << 2) | filter.support();
        Taps known = taps.get(key);
        if (known == null) {
            if (taps.size() >= MOST_TAPS) {
                taps.clear();
            }
            known = new Taps(input, output, filter);
            taps.put(key, known);
        }
        return known;
    }

    int[] rows(int length) {
        if (rows.length < length) {
            rows = new int[length];
        }
        return rows;
    }

    int[] line(int length) {
        if (line.length < length) {
            line = new int[length];
        }
        return line;
    }
}
