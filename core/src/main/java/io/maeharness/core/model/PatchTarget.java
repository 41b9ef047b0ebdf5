package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Torch;

/** What the decoder predicts for a removed patch: the rows of table 1d. Source: paper, section 4.1. */
public sealed interface PatchTarget {
    /** Values predicted for a patch. */
    int outputs();

    /**
     * How many principal components are predicted, at least one.
     *
     * @param share of the patch's values
     * @param values P*P*C of a patch
     */
    static int components(double share, int values) {
        return (int) Math.max(1, Math.round(share * values));
    }

    /** Whether each patch is standardised by its own mean and deviation. */
    default boolean normalised() {
        return false;
    }

    /** Centre (first row) and principal components of a PCA target; an empty array for the others. */
    default NDArray basis(NDManager manager) {
        return manager.create(new Shape(0));
    }

    /** The standardised pixels of the patch: the paper's "pixel (w/o norm)". */
    record Pixels(int outputs) implements PatchTarget {}

    /** The pixels less the patch's mean, over its unbiased deviation: "pixel (w/ norm)". */
    record NormalisedPixels(int outputs) implements PatchTarget {
        @Override
        public boolean normalised() {
            return true;
        }
    }

    /**
     * Words of a discrete tokenizer, predicted by cross-entropy: "dVAE token".
     *
     * @param vocabulary number of different words
     * @param wordsPerPatch words of one patch
     */
    record Words(int vocabulary, int wordsPerPatch) implements PatchTarget {
        @Override
        public int outputs() {
            return vocabulary * wordsPerPatch;
        }
    }

    /** The patch's projection on the first principal components of training patches: "PCA". */
    final class PrincipalComponents implements PatchTarget {
        private final int outputs;
        private final float[] rows;

        /**
         * Takes fitted components.
         *
         * @param outputs number of components
         * @param rows [1 + outputs, P*P*C]: the mean patch, then the components as unit vectors
         */
        public PrincipalComponents(int outputs, float[] rows) {
            this.outputs = outputs;
            this.rows = rows.clone();
        }

        @Override
        public int outputs() {
            return outputs;
        }

        /** The mean patch, then the components, [1 + outputs, P*P*C]. */
        public float[] rows() {
            return rows.clone();
        }

        @Override
        public NDArray basis(NDManager manager) {
            return Torch.owned(manager, rows, new Shape(1L + outputs, rows.length / (1 + outputs)));
        }
    }
}
