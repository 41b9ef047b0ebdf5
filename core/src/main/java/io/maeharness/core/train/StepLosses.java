package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.HostCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The losses of the chunks that one device computes in a step. They stay on the device, which may still be computing, and
 * are read together when all of the step has been asked for: reading each would have the device wait for the next chunk.
 */
final class StepLosses implements AutoCloseable {
    private final NDManager scope;
    private final NDList losses = new NDList();
    private final List<Integer> shards = new ArrayList<>();

    /** Losses on the device of a manager, which stays the caller's. */
    StepLosses(NDManager manager) {
        scope = manager.newSubManager();
    }

    /**
     * Keeps the loss of a chunk.
     *
     * @param shard that the chunk belongs to
     * @param loss [values], of which the first counts; owned by this object from now on
     */
    void add(int shard, NDArray loss) {
        loss.attach(scope);
        losses.add(loss);
        shards.add(shard);
    }

    /**
     * Reads all of them: the sum of each shard's, in the order of the shards.
     *
     * @param first shard of this device
     * @param count of its shards
     * @param examined gets all values of each chunk, in their order
     */
    double[] ofShards(int first, int count, Consumer<float[]> examined) {
        float[] values = HostCopy.floats(losses.size() == 1 ? losses.get(0) : NDArrays.concat(losses));
        int width = values.length / losses.size();
        double[] sums = new double[count];
        for (int i = 0; i < losses.size(); i++) {
            examined.accept(Arrays.copyOfRange(values, i * width, (i + 1) * width));
            sums[shards.get(i) - first] += values[i * width];
        }
        return sums;
    }

    /** The sum over shards by the tree of {@link PairwiseSum}; a power of two of them. */
    static double overShards(double[] sums) {
        if (sums.length == 1) {
            return sums[0];
        }
        int half = sums.length / 2;
        return overShards(Arrays.copyOf(sums, half)) + overShards(Arrays.copyOfRange(sums, half, sums.length));
    }

    @Override
    public void close() {
        scope.close();
    }
}
