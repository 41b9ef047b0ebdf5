package io.maeharness.core.frozen;

import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;

/** The standardised pixels themselves as features: the row that says how easy a data set is. */
final class RawPixels {
    private final StageData data;
    private final int size;

    RawPixels(StageData data, int size) {
        this.data = data;
        this.size = size;
    }

    /** Values of one image, C*S*S. */
    int width() {
        return data.train().channels() * size * size;
    }

    /** Pixels [size, width] of a data set. */
    float[] of(ImageDataset dataset) {
        float[] all = new float[Math.multiplyExact(dataset.size(), width())];
        try (BatchLoader loader =
                new BatchLoader(dataset, new EvaluationTransform(), data.statistics(), size, new StageRandom(0), 0)) {
            for (int i = 0; i < dataset.size(); i++) {
                Batch image = loader.load(0, new int[] {i});
                System.arraycopy(image.images(), 0, all, i * width(), width());
            }
        }
        return all;
    }
}
