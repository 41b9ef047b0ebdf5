package io.maeharness.core.train;

import io.maeharness.core.error.HarnessException;

/** Values of a model that are about to be ranked: one that is not finite has no rank, and none may be made of it. */
public final class FiniteRow {
    private FiniteRow() {}

    /**
     * Checks the values of one image.
     *
     * @param values of several images, row by row
     * @param offset first value of the image
     * @param count values of the image
     * @param model who made the values, for the message
     * @param what they are one by one, such as {@code class}
     * @param images the data set of the image
     * @param image its number there, counted from 0
     * @throws HarnessException of kind CHECKPOINT that names the model, the image, and the first value that is not finite
     */
    public static void require(
            float[] values, int offset, int count, String model, String what, String images, long image) {
        for (int k = 0; k < count; k++) {
            if (!Float.isFinite(values[offset + k])) {
                throw refused(model, values[offset + k], what + " " + k, images, image);
            }
        }
    }

    /** The refusal of a value. */
    public static HarnessException refused(String model, float value, String what, String images, long image) {
        return new HarnessException(
                HarnessException.Kind.CHECKPOINT,
                model + " answers " + value + " for " + what + " on image " + image + " of " + images
                        + " (counted from 0), and what is no finite number cannot be ranked; take weights of a training"
                        + " that did not diverge, in a number format that holds their values");
    }
}
