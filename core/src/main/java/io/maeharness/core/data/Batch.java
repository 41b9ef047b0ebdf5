package io.maeharness.core.data;

/** One batch in buffers that the next batch overwrites. */
public final class Batch {

    private final float[] images;
    private final int[] labels;
    private final int count;

    Batch(float[] images, int[] labels, int count) {
        this.images = images;
        this.labels = labels;
        this.count = count;
    }

    /** Returns the standardised pixels, [B, C, S, S]; the array may be longer than {@link #count()} samples need. */
    public float[] images() {
        return images;
    }

    /** Returns the labels, [B]; the array may be longer than {@link #count()}. */
    public int[] labels() {
        return labels;
    }

    /** Returns the number of samples, B. */
    public int count() {
        return count;
    }
}
