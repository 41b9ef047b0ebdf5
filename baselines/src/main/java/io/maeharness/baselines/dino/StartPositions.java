package io.maeharness.baselines.dino;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.discovery.Named;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.model.Weights;

/** What learned positions begin with. */
public enum StartPositions implements Named {
    /** Drawn normally with deviation 0.02, as published. */
    NORMAL("normal") {
        @Override
        void set(Weights drawn, ModelSettings model) {
            // As all weights are drawn.
        }
    },
    /** The fixed positions of the masked autoencoder. */
    SINE_COSINE("sine-cosine") {
        @Override
        void set(Weights drawn, ModelSettings model) {
            drawn.get("pos_embed").set(SinCosPositions.table(model.encoderDim(), model.gridSize()));
        }
    };

    private final String key;

    StartPositions(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /** Sets the positions among weights that were drawn. */
    abstract void set(Weights drawn, ModelSettings model);
}
