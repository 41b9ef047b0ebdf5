package io.maeharness.core.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Weights in training, with what belongs to each of them. */
public interface Trained extends AutoCloseable {
    /** What is summed over the images of a step, in few pieces of memory; zero before each step. */
    List<NDArray> sums();

    /** Everything a resumed run needs, by name; the arrays stay this object's. */
    Map<String, NDArray> state();

    /**
     * Takes back what {@link #state} gave.
     *
     * @throws IllegalArgumentException naming a missing or misshapen tensor
     */
    void restore(Map<String, NDArray> state);

    @Override
    void close();
}
