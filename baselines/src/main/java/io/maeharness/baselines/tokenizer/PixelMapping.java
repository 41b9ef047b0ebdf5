package io.maeharness.baselines.tokenizer;

import io.maeharness.core.discovery.Named;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.image.PixelStatistics;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a tokenizer takes for a pixel. */
public enum PixelMapping implements Named {
    /** Standardised by the training images' mean and deviation, as the harness's own tokenizer does. */
    STANDARDISED("standardised") {
        @Override
        float of(int level, int channel, PixelStatistics statistics) {
            return statistics.standardise(level, channel);
        }
    },
    /** Black 0, white 1. */
    UNIT("unit") {
        @Override
        float of(int level, int channel, PixelStatistics statistics) {
            return level / WHITE;
        }
    },
    /** Black 0.1, white 0.9. Source: Ramesh et al., arXiv 2102.12092, section A.3, with its epsilon of 0.1. */
    DALL_E("dall-e") {
        @Override
        float of(int level, int channel, PixelStatistics statistics) {
            return (1 - 2 * EPSILON) * (level / WHITE) + EPSILON;
        }
    };

    private static final float WHITE = 255;
    private static final float EPSILON = 0.1f;
    private final String key;

    PixelMapping(String key) {
        this.key = key;
    }

    /**
     * The value of a pixel.
     *
     * @param level 0 to 255
     * @param channel of the picture
     * @param statistics of the training images
     */
    abstract float of(int level, int channel, PixelStatistics statistics);

    @Override
    public String key() {
        return key;
    }

    /** The mapping of a name; empty for an unknown one. */
    public static Optional<PixelMapping> find(String key) {
        return Arrays.stream(values())
                .filter(mapping -> mapping.key.equals(key))
                .findFirst();
    }

    /**
     * The mapping of a name.
     *
     * @throws InvalidSettingException for an unknown one, with the known ones
     */
    public static PixelMapping of(String key) {
        return find(key)
                .orElseThrow(() -> new InvalidSettingException("a tokenizer's pixels are one of "
                        + Arrays.stream(values()).map(PixelMapping::key).collect(Collectors.joining(", ")) + ", got '"
                        + key + "'"));
    }
}
