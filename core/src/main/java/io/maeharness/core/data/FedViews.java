package io.maeharness.core.data;

import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.image.PixelStatistics;

/**
 * One view of each picture of a batch in memory that a device is fed from.
 *
 * @param block [B, C, S, S]; a byte or a float each
 * @param levels whether they are levels 0 to 255, still to be standardised, and not standardised floats
 * @param statistics that levels are standardised by
 * @param area S * S
 */
public record FedViews(FeedMemory.Block block, boolean levels, PixelStatistics statistics, int area) {

    /** The standardised pixels where Java can see them: [count, C, S, S]. */
    float[] standardised(int count) {
        float[] images = new float[count * statistics.channels() * area];
        if (!levels) {
            block.bytes().asFloatBuffer().get(0, images);
            return images;
        }
        float[] table = statistics.table();
        for (int i = 0; i < images.length; i++) {
            int channel = i / area % statistics.channels();
            images[i] = table[channel * PixelStatistics.LEVELS + (block.bytes().get(i) & 0xFF)];
        }
        return images;
    }
}
