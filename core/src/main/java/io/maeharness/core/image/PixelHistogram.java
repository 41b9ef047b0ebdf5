package io.maeharness.core.image;

import java.util.ArrayList;
import java.util.List;

/** Counts of each level in each channel, from which exact statistics follow. */
public final class PixelHistogram {

    private final long[][] counts;

    /**
     * Creates empty counts.
     *
     * @param channels channels of the pictures to come
     */
    public PixelHistogram(int channels) {
        counts = new long[channels][256];
    }

    /** Counts the pixels of one picture. */
    public void add(Picture picture) {
        byte[] pixels = picture.pixels();
        for (int channel = 0; channel < counts.length; channel++) {
            long[] levels = counts[channel];
            for (int i = channel; i < pixels.length; i += counts.length) {
                levels[pixels[i] & 0xFF]++;
            }
        }
    }

    /** Returns mean and population deviation of each channel, in units of 0 to 1. */
    public PixelStatistics statistics() {
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (long[] levels : counts) {
            double total = 0;
            double sum = 0;
            double squares = 0;
            for (int level = 0; level < levels.length; level++) {
                double value = level / 255.0;
                total += levels[level];
                sum += levels[level] * value;
                squares += levels[level] * value * value;
            }
            double mean = sum / total;
            means.add(mean);
            deviations.add(Math.sqrt(Math.max(0, squares / total - mean * mean)));
        }
        return new PixelStatistics(means, deviations);
    }
}
