package io.maeharness.core.data;

import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Levels, or floats where a view is not made of levels, in memory that a device is fed from. */
final class FedStore implements ViewStore {
    private final List<ViewLoader.View> views;
    private final int channels;
    private final PixelStatistics statistics;
    private final FeedMemory memory;
    private final List<FeedMemory.Block> blocks = new ArrayList<>();
    private int[] labels = new int[0];

    FedStore(List<ViewLoader.View> views, int channels, PixelStatistics statistics, FeedMemory memory) {
        this.views = views;
        this.channels = channels;
        this.statistics = statistics;
        this.memory = memory;
    }

    /** Releases the blocks of the batch before: the device may still be reading them, the memory knows. */
    @Override
    public void reserve(int count) {
        labels = new int[count];
        blocks.forEach(FeedMemory.Block::close);
        blocks.clear();
        for (ViewLoader.View view : views) {
            FeedMemory.Kind kind = view.transform().yieldsLevels() ? FeedMemory.Kind.LEVELS : FeedMemory.Kind.FLOATS;
            blocks.add(memory.allocate(kind, Math.multiplyExact(count, view.values(channels))));
        }
    }

    @Override
    public int[] labels() {
        return labels;
    }

    @Override
    public void write(int view, int sample, Picture picture, RandomGenerator draws, Scratch scratch) {
        if (picture.channels() != statistics.channels()) {
            throw new IllegalArgumentException("the picture has " + picture.channels()
                    + " channels and the statistics have " + statistics.channels() + "; they must agree");
        }
        ViewLoader.View wanted = views.get(view);
        int values = wanted.values(channels);
        if (wanted.transform().yieldsLevels()) {
            byte[] levels = wanted.transform().levels(picture, wanted.size(), draws, scratch);
            blocks.get(view).bytes().put(sample * values, levels, 0, values);
        } else {
            float[] floats = scratch.values(values);
            wanted.transform().apply(picture, wanted.size(), draws, statistics, floats, 0, scratch);
            blocks.get(view).bytes().asFloatBuffer().put(sample * values, floats, 0, values);
        }
    }

    @Override
    public List<Batch> batches(int count) {
        List<Batch> batches = new ArrayList<>();
        for (int view = 0; view < views.size(); view++) {
            int area = views.get(view).size() * views.get(view).size();
            boolean levels = views.get(view).transform().yieldsLevels();
            batches.add(new Batch(new FedViews(blocks.get(view), levels, statistics, area), labels, count));
        }
        return batches;
    }
}
