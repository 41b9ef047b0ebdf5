package io.maeharness.core.reconstruction;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.maeharness.core.discovery.Named;
import io.maeharness.core.engine.ScriptSource;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * What the decoder predicts for a removed patch: the rows of table 1d. Source: paper, section 4.1.
 *
 * <p>A target is a record here and a fragment of script, {@code script/reconstruction/KEY.py}, which defines its loss.
 */
public sealed interface ReconstructionTarget extends Named {
    /**
     * The target of a name.
     *
     * @throws IllegalArgumentException when there is none; the message lists the known ones
     */
    @JsonCreator
    static ReconstructionTarget of(String key) {
        return Named.of(ReconstructionTarget.class, "reconstruction target", key);
    }

    /** The fragment of script with its loss. */
    default ScriptSource fragment() {
        return ScriptSource.target(key());
    }

    /** Values predicted for a patch. */
    int outputs(PatchFacts patch);

    /** Whether it predicts the words of a tokenizer, which has to be there and from which no pixels can be drawn. */
    default boolean readsWords() {
        return false;
    }

    /**
     * Rows [1 + outputs, P*P*C] that are fitted to training patches before the first step; none for most.
     *
     * @param components gives the mean patch, then so many principal components as unit vectors
     */
    default float[] basis(PatchFacts patch, IntFunction<float[]> components) {
        return new float[0];
    }

    /**
     * Pixels of a prediction, standardised, as (row, column, channel).
     *
     * @param predicted [outputs]
     * @param truth the true patch
     * @param basis as {@link #basis} gave it
     * @throws IllegalStateException where words are predicted
     */
    float[] pixels(float[] predicted, float[] truth, float[] basis);

    /** What a reader of drawn predictions has to know, a sentence behind a caption; empty for most. */
    default String remark() {
        return "";
    }

    /** The standardised pixels of the patch: the paper's "pixel (w/o norm)". */
    record Pixel() implements ReconstructionTarget {
        @Override
        public String key() {
            return "pixel";
        }

        @Override
        public int outputs(PatchFacts patch) {
            return patch.values();
        }

        @Override
        public float[] pixels(float[] predicted, float[] truth, float[] basis) {
            return predicted;
        }
    }

    /** The pixels less the patch's mean, over its unbiased deviation: "pixel (w/ norm)". */
    record NormalisedPixel() implements ReconstructionTarget {
        private static final double EPSILON = 1e-6;

        @Override
        public String key() {
            return "pixel-norm";
        }

        @Override
        public int outputs(PatchFacts patch) {
            return patch.values();
        }

        /** Drawn with the mean and deviation of the true patch, which a real reconstruction would not know. */
        @Override
        public float[] pixels(float[] predicted, float[] truth, float[] basis) {
            double mean = 0;
            for (float value : truth) {
                mean += value / truth.length;
            }
            double variance = 0;
            for (float value : truth) {
                variance += (value - mean) * (value - mean) / (truth.length - 1);
            }
            float[] pixels = new float[truth.length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) (predicted[i] * Math.sqrt(variance + EPSILON) + mean);
            }
            return pixels;
        }

        @Override
        public String remark() {
            return " The target was normalised per patch, so the reconstruction is drawn with the true mean and deviation"
                    + " of each patch.";
        }
    }

    /** The patch's projection on the first principal components of training patches: "PCA". */
    record PrincipalComponents() implements ReconstructionTarget {
        @Override
        public String key() {
            return "pca";
        }

        /** At least one is kept. */
        @Override
        public int outputs(PatchFacts patch) {
            return (int) Math.max(1, Math.round(patch.pcaShare() * patch.values()));
        }

        @Override
        public float[] basis(PatchFacts patch, IntFunction<float[]> components) {
            return components.apply(outputs(patch));
        }

        @Override
        public float[] pixels(float[] predicted, float[] truth, float[] basis) {
            int values = truth.length;
            float[] pixels = Arrays.copyOf(basis, values);
            for (int k = 0; k < predicted.length; k++) {
                for (int i = 0; i < values; i++) {
                    pixels[i] += predicted[k] * basis[(k + 1) * values + i];
                }
            }
            return pixels;
        }
    }

    /** Words of a discrete tokenizer, predicted by cross-entropy: "dVAE token". */
    record Word() implements ReconstructionTarget {
        @Override
        public String key() {
            return "dvae-token";
        }

        @Override
        public int outputs(PatchFacts patch) {
            return patch.words();
        }

        @Override
        public boolean readsWords() {
            return true;
        }

        @Override
        public float[] pixels(float[] predicted, float[] truth, float[] basis) {
            throw new IllegalStateException("a decoder that predicts words draws no pixels");
        }
    }

    /**
     * What decides how many values are predicted for a patch.
     *
     * @param values of a patch: P*P*C
     * @param pcaShare share of the principal components that are kept
     * @param words outputs of a tokenizer's words of a patch, W*V; 0 without a tokenizer
     */
    public record PatchFacts(int values, double pcaShare, int words) {}
}
