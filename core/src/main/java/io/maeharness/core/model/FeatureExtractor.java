package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;

/**
 * Frozen features of whole images: the class token after the final norm, or the mean of the last block's patch tokens.
 *
 * <p>The parameters follow {@link Layout#encoder}.
 */
public final class FeatureExtractor implements AutoCloseable {
    private final Script script;
    private final EncoderForm form;
    /** Fixed positions; empty where they are learned or relative. */
    private final NDArray positions;

    /**
     * Compiles the encoder.
     *
     * @param form kind of the encoder's positions and residual branches
     * @param pooling what a feature is
     */
    public FeatureExtractor(
            NDManager manager, ModelSettings model, Precision precision, EncoderForm form, Pooling pooling) {
        this.form = form;
        script = VitScript.classifier(manager, model, precision, form, 1, pooling == Pooling.GAP);
        positions = form.positions() == EncoderForm.Positions.FIXED
                ? VitScript.positions(manager, model.encoderDim(), model.gridSize())
                : manager.create(new Shape(0));
    }

    /** Weights as {@link #features} reads them, for one pass or several; the caller closes them. */
    public FrozenLeaves leaves(Weights weights) {
        return FrozenLeaves.of(script, weights);
    }

    /** Features [N, D] of images [N, C, S, S]; owned by the manager of {@code images}. */
    public NDArray features(NDArray images, FrozenLeaves leaves) {
        return script.call(
                        "features",
                        new ScriptArguments()
                                .add(images)
                                .add(positions(images.getManager(), leaves))
                                .addMap(leaves.byName()))
                .singletonOrThrow();
    }

    /** Learned positions through a second array over the same values: an array carries the name of one argument only. */
    private NDArray positions(NDManager scope, FrozenLeaves leaves) {
        if (form.positions() != EncoderForm.Positions.LEARNED) {
            return positions;
        }
        NDArray learned = leaves.byName().get("pos_embed");
        NDArray view = learned.reshape(learned.getShape());
        view.attach(scope);
        return view;
    }

    @Override
    public void close() {
        script.close();
        positions.close();
    }
}
