package io.maeharness.core.image;

import java.util.List;

/**
 * Mean and standard deviation of each channel, in units where black is 0 and white is 1.
 *
 * @param mean one value a channel
 * @param deviation one positive value a channel
 */
public record PixelStatistics(List<Double> mean, List<Double> deviation) {

    /** Number of levels of a byte. */
    public static final int LEVELS = 256;

    /**
     * The usual constants of ImageNet (red, green, blue). Source: torchvision's reference recipes,
     * which the published implementation of MAE uses.
     */
    public static final PixelStatistics IMAGENET =
            new PixelStatistics(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    /** Checks that both lists have one entry a channel and that no deviation is zero. */
    public PixelStatistics {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException("pixel statistics need one mean and one deviation a channel, got "
                    + mean.size() + " and " + deviation.size());
        }
        for (double value : deviation) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("the deviation of a channel must be positive, got " + value
                        + "; a constant channel cannot be standardised");
            }
        }
    }

    /** Returns the number of channels. */
    public int channels() {
        return mean.size();
    }

    /** Returns what a level of 0 to 255 standardises to: (level / 255 - mean) / deviation. */
    public float standardise(int level, int channel) {
        return (float) ((level / 255.0 - mean.get(channel)) / deviation.get(channel));
    }

    /** Returns the level, 0 to 255, that a standardised value stands for; the inverse, rounded and clipped. */
    public int level(float standardised, int channel) {
        double level = (standardised * deviation.get(channel) + mean.get(channel)) * 255;
        return (int) Math.max(0, Math.min(255, Math.rint(level)));
    }

    /** Returns {@link #standardise} of all levels of each channel: [channels * 256]. */
    public float[] table() {
        float[] table = new float[channels() * LEVELS];
        float[][] levels = levels();
        for (int channel = 0; channel < levels.length; channel++) {
            System.arraycopy(levels[channel], 0, table, channel * LEVELS, LEVELS);
        }
        return table;
    }

    /** Returns the table of {@link #standardise} for each channel: [channels][256]. */
    float[][] levels() {
        float[][] levels = new float[channels()][LEVELS];
        for (int channel = 0; channel < levels.length; channel++) {
            for (int level = 0; level < LEVELS; level++) {
                levels[channel][level] = standardise(level, channel);
            }
        }
        return levels;
    }
}
