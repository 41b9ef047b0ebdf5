package io.maeharness.core.data;

import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Standardised floats in Java's arrays, which are used again as long as they are long enough. */
final class ArrayStore implements ViewStore {
    private final List<ViewLoader.View> views;
    private final int channels;
    private final PixelStatistics statistics;
    private final float[][] images;
    private int[] labels = new int[0];

    ArrayStore(List<ViewLoader.View> views, int channels, PixelStatistics statistics) {
        this.views = views;
        this.channels = channels;
        this.statistics = statistics;
        images = new float[views.size()][0];
    }

    @Override
    public void reserve(int count) {
        if (labels.length < count) {
            labels = new int[count];
        }
        for (int view = 0; view < images.length; view++) {
            if (images[view].length < (long) count * values(view)) {
                images[view] = new float[Math.multiplyExact(count, values(view))];
            }
        }
    }

    @Override
    public int[] labels() {
        return labels;
    }

    @Override
    public void write(int view, int sample, Picture picture, RandomGenerator draws, Scratch scratch) {
        ViewLoader.View wanted = views.get(view);
        wanted.transform()
                .apply(picture, wanted.size(), draws, statistics, images[view], sample * values(view), scratch);
    }

    @Override
    public List<Batch> batches(int count) {
        return Arrays.stream(images)
                .map(pixels -> new Batch(pixels, labels, count))
                .toList();
    }

    private int values(int view) {
        return views.get(view).values(channels);
    }
}
