package io.maeharness.core.pretrain;

import io.maeharness.core.model.PatchTarget;
import java.util.Arrays;

/**
 * Turns a predicted target back into pixels. A normalised prediction is drawn with the mean and deviation of the true
 * patch, which a real reconstruction would not know; captions say so.
 */
final class PatchPixels {
    private static final double EPSILON = 1e-6;
    private final PatchTarget target;
    private final int values;

    /**
     * Prepares the inverse of a target.
     *
     * @param values P*P*C
     */
    PatchPixels(PatchTarget target, int values) {
        this.target = target;
        this.values = values;
    }

    /**
     * Pixels of a prediction, standardised, as (row, column, channel).
     *
     * @param predictions [.., outputs]
     * @param row which prediction
     * @param truth the true patch
     */
    float[] of(float[] predictions, int row, float[] truth) {
        float[] predicted = Arrays.copyOfRange(predictions, row * target.outputs(), (row + 1) * target.outputs());
        if (target.normalised()) {
            return withStatisticsOf(truth, predicted);
        }
        if (target instanceof PatchTarget.PrincipalComponents pca) {
            return project(pca.rows(), predicted);
        }
        return predicted;
    }

    private float[] withStatisticsOf(float[] truth, float[] predicted) {
        double mean = 0;
        for (float value : truth) {
            mean += value / truth.length;
        }
        double variance = 0;
        for (float value : truth) {
            variance += (value - mean) * (value - mean) / (truth.length - 1);
        }
        float[] pixels = new float[values];
        for (int i = 0; i < values; i++) {
            pixels[i] = (float) (predicted[i] * Math.sqrt(variance + EPSILON) + mean);
        }
        return pixels;
    }

    private float[] project(float[] rows, float[] coefficients) {
        float[] pixels = Arrays.copyOf(rows, values);
        for (int k = 0; k < coefficients.length; k++) {
            for (int i = 0; i < values; i++) {
                pixels[i] += coefficients[k] * rows[(k + 1) * values + i];
            }
        }
        return pixels;
    }
}
