package io.maeharness.baselines.tokenizer;

import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.image.Box;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Resampling;
import io.maeharness.core.image.Resize;
import io.maeharness.core.image.Scratch;

/**
 * Turns the views that a model sees into the pictures that a tokenizer takes: resized so that words fit patches, with the
 * pixels and channels it was trained with.
 *
 * <p>A view holds standardised levels of 0 to 255, so that its picture is found again exactly and resized as any other.
 */
final class TokenizerInput {
    private final PixelStatistics statistics;
    private final PixelMapping mapping;
    private final PixelStatistics taken;
    private final int viewSize;
    private final int size;
    private final int channels;
    private final Scratch scratch = new Scratch();
    private final byte[] resized;
    private float[] pictures = new float[0];

    /**
     * Prepares the conversion to pictures that are standardised, if they are, as the views.
     *
     * @param statistics by which views are standardised
     * @param mapping what the tokenizer takes for a pixel
     * @param viewSize side of a view, pixels
     * @param size side of a picture, pixels
     * @param channels of a picture: as many as a view has, or 3 for grey views
     */
    TokenizerInput(PixelStatistics statistics, PixelMapping mapping, int viewSize, int size, int channels) {
        this(statistics, mapping, statistics, viewSize, size, channels);
    }

    /**
     * Prepares the conversion.
     *
     * @param taken by which standardised pixels of the tokenizer are standardised
     */
    TokenizerInput(
            PixelStatistics statistics,
            PixelMapping mapping,
            PixelStatistics taken,
            int viewSize,
            int size,
            int channels) {
        if (channels != statistics.channels() && !(channels == 3 && statistics.channels() == 1)) {
            throw new InvalidSettingException("the tokenizer takes pictures of " + channels
                    + " channels, the images have " + statistics.channels()
                    + "; supply a tokenizer for such images or leave --tokenizer out");
        }
        this.statistics = statistics;
        this.mapping = mapping;
        this.taken = taken;
        this.viewSize = viewSize;
        this.size = size;
        this.channels = channels;
        resized = new byte[statistics.channels() * size * size];
    }

    /** Side of a picture, pixels. */
    int size() {
        return size;
    }

    /** Channels of a picture. */
    int channels() {
        return channels;
    }

    /**
     * Pictures of views.
     *
     * @param views [.., C, viewSize, viewSize], standardised
     * @param from first view that is wanted
     * @return [count, channels, size, size]; valid until the next call
     */
    float[] of(float[] views, int from, int count) {
        int values = channels * size * size;
        if (pictures.length < count * values) {
            pictures = new float[count * values];
        }
        for (int n = 0; n < count; n++) {
            Resize.crop(
                    picture(views, from + n),
                    new Box(0, 0, viewSize, viewSize),
                    size,
                    size,
                    new Box(0, 0, size, size),
                    Resampling.BICUBIC,
                    scratch,
                    resized);
            spread(n * values);
        }
        return pictures;
    }

    /** The levels of a view. */
    private Picture picture(float[] views, int number) {
        int planes = statistics.channels();
        int area = viewSize * viewSize;
        byte[] levels = new byte[planes * area];
        for (int channel = 0; channel < planes; channel++) {
            for (int i = 0; i < area; i++) {
                levels[i * planes + channel] =
                        (byte) statistics.level(views[(number * planes + channel) * area + i], channel);
            }
        }
        return new Picture(viewSize, viewSize, planes, levels);
    }

    /** Writes the resized picture, channel after channel. */
    private void spread(int offset) {
        int planes = statistics.channels();
        for (int channel = 0; channel < channels; channel++) {
            int plane = Math.min(channel, planes - 1);
            int own = Math.min(channel, taken.channels() - 1);
            for (int i = 0; i < size * size; i++) {
                pictures[offset + channel * size * size + i] =
                        mapping.of(resized[i * planes + plane] & 0xFF, own, taken);
            }
        }
    }
}
