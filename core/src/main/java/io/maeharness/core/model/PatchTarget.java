package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import java.util.Optional;

/** A reconstruction target for the patches of a model, with what was fitted to the images. */
public final class PatchTarget {
    private final ReconstructionTarget kind;
    private final int outputs;
    private final float[] basis;

    /**
     * Takes what was fitted.
     *
     * @param outputs values predicted for a patch
     * @param basis rows [1 + outputs, P*P*C] as {@link ReconstructionTarget#basis} gives them; empty for most
     */
    public PatchTarget(ReconstructionTarget kind, int outputs, float... basis) {
        this.kind = kind;
        this.outputs = outputs;
        this.basis = basis.clone();
    }

    /** What is predicted. */
    public ReconstructionTarget kind() {
        return kind;
    }

    /** Values predicted for a patch. */
    public int outputs() {
        return outputs;
    }

    /** The fitted rows on a device; empty where nothing is fitted. */
    Optional<NDArray> basis(NDManager manager) {
        return basis.length == 0
                ? Optional.empty()
                : Optional.of(Torch.owned(manager, basis, new Shape(1L + outputs, basis.length / (1 + outputs))));
    }

    /**
     * Pixels of a prediction, standardised, as (row, column, channel).
     *
     * @param predicted [outputs]
     * @param truth the true patch
     */
    public float[] pixels(float[] predicted, float[] truth) {
        return kind.pixels(predicted, truth, basis);
    }
}
