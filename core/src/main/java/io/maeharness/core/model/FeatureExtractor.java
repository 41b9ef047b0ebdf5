package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.stage.Precision;

/**
 * Frozen features of whole images: the class token after the final norm, or the mean of the last block's patch tokens.
 *
 * <p>The parameters follow {@link Layout#encoder}.
 */
public final class FeatureExtractor implements AutoCloseable {
    private final Script script;
    private final NDArray positions;

    /**
     * Compiles the encoder.
     *
     * @param pooling {@code cls} or {@code gap}
     */
    public FeatureExtractor(NDManager manager, ModelSettings model, Precision precision, String pooling) {
        script = VitScript.load(manager, model, precision, VitScript.Masking.NONE, 1, pooling.equals("gap"));
        positions = VitScript.positions(manager, model.encoderDim(), model.gridSize());
    }

    /** Features [N, D] of images [N, C, S, S]; owned by the manager of {@code images}. */
    public NDArray features(NDArray images, Weights weights) {
        NDArray kinds = VitScript.kinds(images.getManager(), weights.specs(), spec -> false);
        return script.call(
                        "features",
                        new ScriptArguments()
                                .add(images)
                                .add(positions)
                                .add(kinds)
                                .addAll(weights.arrays()))
                .singletonOrThrow();
    }

    @Override
    public void close() {
        script.close();
        positions.close();
    }
}
