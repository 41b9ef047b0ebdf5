package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** What a training loop drives: one optimiser step after another, and a state that can be saved. */
public interface Trainable {
    /**
     * Does one optimiser step.
     *
     * @param step number of the step, from 0
     * @param learningRate of this step
     * @return the loss before the update
     */
    double step(long step, double learningRate);

    /** Everything a resumed run needs, by name; the arrays stay the trainable's own. */
    Map<String, NDArray> state();

    /**
     * Takes back a state.
     *
     * @throws IllegalArgumentException naming a missing or misshapen tensor
     */
    void restore(Map<String, NDArray> state);
}
