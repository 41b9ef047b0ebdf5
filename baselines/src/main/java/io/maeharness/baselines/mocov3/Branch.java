package io.maeharness.baselines.mocov3;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.model.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of the two networks that are compared.
 *
 * @param weights its parameters
 * @param statistics running mean and variance of its BatchNorms; training never reads them, they are kept so that the
 *     heads can be used afterwards
 */
record Branch(Weights weights, Weights statistics) {
    /** All arrays by name with a prefix, ready to be written. */
    Map<String, NDArray> prefixed(String prefix) {
        Map<String, NDArray> arrays = new LinkedHashMap<>(weights.prefixed(prefix));
        arrays.putAll(statistics.prefixed(prefix));
        return arrays;
    }

    /**
     * Takes back what {@link #prefixed} gave.
     *
     * @throws IllegalArgumentException naming a missing or misshapen tensor
     */
    void restore(Map<String, NDArray> saved, String prefix) {
        weights.restore(saved, prefix);
        statistics.restore(saved, prefix);
    }
}
