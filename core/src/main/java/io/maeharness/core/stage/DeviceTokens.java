package io.maeharness.core.stage;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.error.HarnessException;

/** Words of a discrete tokenizer for images that lie on a device, which computes and keeps them. Used by one thread at a time. */
public interface DeviceTokens extends AutoCloseable {
    /**
     * Words and whether they may be believed, of which nothing is read back: that would wait for the device.
     *
     * @param numbers [N, L, W] numbers of words, 0 to V - 1, 64 bits; patches and the words of a patch row by row
     * @param doubt [3] fp32 about the first score that is no finite number: the image's number, the word's, and the
     *     score; the image's is -1 where all scores are finite
     */
    record Words(NDArray numbers, NDArray doubt) {}

    /**
     * Tokenises views as a model sees them.
     *
     * @param images [N, C, S, S], standardised
     * @param first number that a doubt gives the first image
     * @return owned by the manager of {@code images}
     */
    Words of(NDArray images, int first);

    /**
     * Refuses words that were chosen among scores that are not finite.
     *
     * @param doubt [3] as it came with the words
     * @param images of what the numbers are, for the message
     * @throws HarnessException of kind CHECKPOINT that names tokenizer, image, word and score
     */
    void demandFinite(float[] doubt, String images);

    @Override
    void close();
}
