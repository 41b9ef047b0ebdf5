package io.maeharness.core.masking;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;

/** Masks of a batch. */
public final class MaskBatch {
    private final long[] shuffle;
    private final int lenKeep;
    private final int toppedUp;

    private MaskBatch(long[] shuffle, int lenKeep, int toppedUp) {
        this.shuffle = shuffle;
        this.lenKeep = lenKeep;
        this.toppedUp = toppedUp;
    }

    /** Patch numbers [N, L], the kept ones of each image first; not a copy. */
    public long[] shuffle() {
        return shuffle;
    }

    /** Patches kept of each image. */
    public int lenKeep() {
        return lenKeep;
    }

    /** Patches that block sampling removed at random to reach the count, over the batch. */
    public int toppedUp() {
        return toppedUp;
    }

    /**
     * Draws the masks of the samples of a batch.
     *
     * @param epoch the draws of a sample differ from epoch to epoch
     * @param samples numbers of the samples in the data set
     */
    public static MaskBatch draw(
            MaskSampling sampling, int grid, MaskRatio maskRatio, StageRandom random, long epoch, int[] samples) {
        int patches = grid * grid;
        int lenKeep = maskRatio.lenKeep(patches);
        long[] shuffle = new long[samples.length * patches];
        int toppedUp = 0;
        for (int n = 0; n < samples.length; n++) {
            toppedUp +=
                    sampling.sample(grid, lenKeep, random.at(Purpose.MASK, epoch, samples[n]), shuffle, n * patches);
        }
        return new MaskBatch(shuffle, lenKeep, toppedUp);
    }
}
