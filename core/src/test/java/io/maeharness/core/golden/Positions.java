package io.maeharness.core.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.model.SinCosPositions;

/** The encoder's fixed positions as the parameter {@code pos_embed}. */
final class Positions {
    private Positions() {}

    static NDArray of(NDManager manager, ModelSettings model) {
        return manager.create(
                SinCosPositions.table(model.encoderDim(), model.gridSize()),
                new Shape(1, 1L + model.numPatches(), model.encoderDim()));
    }
}
