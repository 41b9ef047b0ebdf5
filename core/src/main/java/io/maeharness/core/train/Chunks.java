package io.maeharness.core.train;

/**
 * How a batch is cut for the engine: a batch of 4,096 images at 224 pixels would fill 2.4 GB, so at most about a quarter
 * of a gigabyte is prepared at a time, and as much ahead of it where images are decoded.
 *
 * @param size images a chunk; a multiple of the micro-batch where the batch is larger
 */
public record Chunks(int size) {
    private static final int MOST_VALUES = 1 << 26;

    /**
     * Cuts a batch.
     *
     * @param valuesPerImage floats of one image
     */
    public static Chunks of(int batch, int microBatch, int valuesPerImage) {
        int fit = Math.max(1, MOST_VALUES / valuesPerImage);
        if (fit >= batch) {
            return new Chunks(batch);
        }
        return new Chunks(Math.max(microBatch, fit / microBatch * microBatch));
    }
}
