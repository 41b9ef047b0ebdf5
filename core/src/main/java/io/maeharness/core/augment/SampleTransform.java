package io.maeharness.core.augment;

import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import java.util.random.RandomGenerator;

/** Turns one picture into one square input of the model. */
public interface SampleTransform {

    /**
     * Returns the square as bytes, before flip and standardisation.
     *
     * @param in a picture of any size
     * @param size side of the square, in pixels
     * @param random the draws of this sample in this epoch
     * @param scratch buffers of the calling thread
     * @return [size, size, channels] from index 0 on; valid until the scratch is used again; read-only
     */
    byte[] square(Picture in, int size, RandomGenerator random, Scratch scratch);

    /** Returns whether half of the squares are mirrored left to right. */
    boolean flips();

    /**
     * Writes the square as standardised floats.
     *
     * <p>Whether to mirror is drawn first, also where nothing is mirrored, so that transforms share this draw and those of
     * their crops whatever else they draw.
     *
     * @param in a picture of any size
     * @param size side of the square, in pixels
     * @param random the draws of this sample in this epoch
     * @param statistics mean and deviation of each channel of {@code in}
     * @param out receives [channels, size, size] from {@code offset} on
     * @param offset index of the first float to write
     * @param scratch buffers of the calling thread
     */
    default void apply(
            Picture in,
            int size,
            RandomGenerator random,
            PixelStatistics statistics,
            float[] out,
            int offset,
            Scratch scratch) {
        if (in.channels() != statistics.channels()) {
            throw new IllegalArgumentException("the picture has " + in.channels() + " channels and the statistics have "
                    + statistics.channels() + "; they must agree");
        }
        boolean mirrored = random.nextBoolean() && flips();
        byte[] square = square(in, size, random, scratch);
        View.standardise(square, size, mirrored, statistics, out, offset, scratch);
    }

    /** Returns whether {@link #apply} does nothing but standardise {@link #levels}. */
    default boolean yieldsLevels() {
        return true;
    }

    /**
     * Writes the square as levels 0 to 255, with the draws of {@link #apply}.
     *
     * @param in a picture of any size
     * @param size side of the square, in pixels
     * @param random the draws of this sample in this epoch
     * @param scratch buffers of the calling thread
     * @return [channels, size, size] from index 0 on; valid until the scratch is used again
     */
    default byte[] levels(Picture in, int size, RandomGenerator random, Scratch scratch) {
        boolean mirrored = random.nextBoolean() && flips();
        byte[] square = square(in, size, random, scratch);
        byte[] planes = scratch.planes(size * size * in.channels());
        View.separate(square, size, in.channels(), mirrored, planes);
        return planes;
    }
}
