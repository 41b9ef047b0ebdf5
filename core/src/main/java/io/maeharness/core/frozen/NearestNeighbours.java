package io.maeharness.core.frozen;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.Accuracy;
import java.util.Arrays;

/**
 * Weighted k-nearest-neighbour classification: each of the k most similar training images votes with
 * exp(cosine / temperature). Source: Wu et al., arXiv 1805.01978, as DINO reports it.
 */
final class NearestNeighbours {
    private static final int ROWS_AT_ONCE = 256;
    /** Features of ViT-L for so many images fill half a gigabyte; ImageNet has ten times as many. */
    private static final int LARGEST_BANK = 1 << 17;

    private final NDManager manager;
    private final KnnRecipe recipe;

    NearestNeighbours(NDManager manager, KnnRecipe recipe) {
        this.manager = manager;
        this.recipe = recipe;
    }

    /** The training images that vote: all, or a fixed random part of a very large data set. */
    static ImageDataset bank(ImageDataset train) {
        return StageData.limited(train, LARGEST_BANK);
    }

    /**
     * Classifies the held images by the training images.
     *
     * @param known features [train size, width]
     * @param asked features [held size, width]
     */
    Accuracy evaluate(float[] known, ImageDataset train, float[] asked, ImageDataset held, int width) {
        Accuracy accuracy = new Accuracy("the vote of the neighbours", held.name());
        int classes = train.numClasses();
        int neighbours = Math.min(recipe.neighbours(), train.size());
        try (NDManager scope = manager.newSubManager()) {
            NDArray bank = normalised(Torch.owned(scope, known, new Shape(train.size(), width)))
                    .transpose(); // [width, T]
            for (int from = 0; from < held.size(); from += ROWS_AT_ONCE) {
                int count = Math.min(ROWS_AT_ONCE, held.size() - from);
                float[] rows = Arrays.copyOfRange(asked, from * width, (from + count) * width);
                try (NDManager inner = scope.newSubManager()) {
                    NDArray similarity = normalised(Torch.owned(inner, rows, new Shape(count, width)))
                            .matMul(bank); // [count, T]
                    vote(similarity, neighbours, train, held, from, count, classes, accuracy);
                }
            }
        }
        return accuracy;
    }

    private void vote(
            NDArray similarity,
            int neighbours,
            ImageDataset train,
            ImageDataset held,
            int from,
            int count,
            int classes,
            Accuracy accuracy) {
        var top = similarity.topK(neighbours, 1, true, true);
        float[] nearest = HostCopy.floats(top.get(0));
        long[] indices = HostCopy.longs(top.get(1));
        float[] votes = new float[count * classes];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = held.label(from + i);
            for (int k = 0; k < neighbours; k++) {
                int at = i * neighbours + k;
                votes[i * classes + train.label((int) indices[at])] +=
                        (float) Math.exp(nearest[at] / recipe.temperature());
            }
        }
        accuracy.add(votes, labels, count, classes);
    }

    private static NDArray normalised(NDArray rows) {
        NDArray length = rows.square().sum(new int[] {1}, true).sqrt().maximum(1e-12f);
        return rows.div(length);
    }
}
