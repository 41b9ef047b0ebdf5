package io.maeharness.core.data;

import io.maeharness.core.image.Picture;
import io.maeharness.core.image.Scratch;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where a loader writes the views of a batch. */
interface ViewStore {
    /** Makes room for a batch, in place of the one that was here. */
    void reserve(int count);

    /** Labels of the samples, at least as many as there is room for. */
    int[] labels();

    /**
     * Makes one view of a picture; by several threads at once for different samples.
     *
     * @param view number of the view
     * @param sample its place in the batch
     * @param draws of the view
     * @param scratch of the calling thread
     */
    void write(int view, int sample, Picture picture, RandomGenerator draws, Scratch scratch);

    /** One batch of the first samples for each view. */
    List<Batch> batches(int count);
}
