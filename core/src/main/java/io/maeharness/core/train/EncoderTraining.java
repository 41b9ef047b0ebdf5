package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** A training that leaves an encoder. */
public interface EncoderTraining extends Trainable, AutoCloseable {
    /** Which samples each step sees. */
    EpochOrder order();

    /** The encoder's weights under their official names, as later stages read them; the arrays stay this object's. */
    Map<String, NDArray> encoder();

    /** Everything worth keeping, the encoder's weights among it. */
    default Map<String, NDArray> weights() {
        return encoder();
    }

    /** What is worth keeping with the provenance. */
    default Map<String, String> facts() {
        return Map.of();
    }

    /** Digests of what was drawn at the beginning, see {@link Fingerprint}; asked for before the first step. */
    default Map<String, String> draws() {
        return Map.of(Fingerprint.WEIGHTS, Fingerprint.of(weights()), Fingerprint.ORDER, order().fingerprint());
    }

    @Override
    void close();
}
