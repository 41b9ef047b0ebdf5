package io.maeharness.core.data;

import java.util.Optional;

/** One batch in buffers that the next batch overwrites. Used by one thread at a time. */
public final class Batch {

    private final Optional<FedViews> fed;
    private final int[] labels;
    private final int count;
    private float[] images;

    Batch(float[] images, int[] labels, int count) {
        this(Optional.empty(), images, labels, count);
    }

    /** A batch in memory that a device is fed from. */
    Batch(FedViews fed, int[] labels, int count) {
        this(Optional.of(fed), new float[0], labels, count);
    }

    private Batch(Optional<FedViews> fed, float[] images, int[] labels, int count) {
        this.fed = fed;
        this.images = images;
        this.labels = labels;
        this.count = count;
    }

    /**
     * Returns the standardised pixels, [B, C, S, S]; the array may be longer than {@link #count()} samples need. Where a
     * device is fed from memory, they are made when they are asked for first.
     */
    public float[] images() {
        if (images.length == 0 && fed.isPresent()) {
            images = fed.get().standardised(count);
        }
        return images;
    }

    /** Returns the same pixels in memory that a device is fed from, when the loader writes into such memory. */
    public Optional<FedViews> fed() {
        return fed;
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
