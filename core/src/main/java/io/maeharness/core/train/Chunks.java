package io.maeharness.core.train;

/**
 * How a batch is cut for the engine: a batch of 4,096 images at 224 pixels would fill 2.4 GB, so at most about a quarter
 * of a gigabyte is prepared at a time, and as much ahead of it where images are decoded.
 *
 * <p>Where they mix, images of one chunk mix with each other, so that its size is the recipe's and not the micro-batch's,
 * which may fit the memory of a device: a power of two where the batch is larger.
 *
 * @param size images a chunk
 */
public record Chunks(int size) {
    private static final int MOST_VALUES = 1 << 26;

    /**
     * Cuts a batch.
     *
     * @param valuesPerImage floats of one image
     */
    public static Chunks of(int batch, int valuesPerImage) {
        int fit = Math.max(1, MOST_VALUES / valuesPerImage);
        return new Chunks(fit >= batch ? batch : Integer.highestOneBit(fit));
    }
}
