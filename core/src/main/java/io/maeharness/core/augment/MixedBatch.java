package io.maeharness.core.augment;

/** A batch after mixing: images, soft targets and the share of each image that is its own. */
public final class MixedBatch {

    private final float[] images;
    private final float[] targets;
    private final double share;

    MixedBatch(float[] images, float[] targets, double share) {
        this.images = images;
        this.targets = targets;
        this.share = share;
    }

    /** Returns the array that was handed in, mixed in place: [B, C, S, S]. */
    public float[] images() {
        return images;
    }

    /** Returns a distribution over the classes for each image: [B, classes]; each sums to 1. */
    public float[] targets() {
        return targets;
    }

    /** Returns the share of each image that is its own, 1 when nothing was mixed. */
    public double share() {
        return share;
    }
}
