package io.maeharness.core.model;

import io.maeharness.core.config.ModelSettings;

/**
 * Images as patches and back, on plain arrays. A patch is laid out (row, column, channel), as the loss sees it. Source:
 * the official implementation.
 */
public final class Patchify {
    private Patchify() {}

    /**
     * Cuts an image into its patches.
     *
     * @param image [C, S, S]
     * @return [L, P*P*C]
     */
    public static float[] patchify(float[] image, ModelSettings model, int channels) {
        int values = model.patchValues(channels);
        float[] patches = new float[model.numPatches() * values];
        for (int patch = 0; patch < model.numPatches(); patch++) {
            copyPatch(image, model, channels, patch, patches, patch * values);
        }
        return patches;
    }

    /**
     * Puts patches together again.
     *
     * @param patches [L, P*P*C]
     * @return the image, [C, S, S]
     */
    public static float[] unpatchify(float[] patches, ModelSettings model, int channels) {
        float[] image = new float[channels * model.imageSize() * model.imageSize()];
        int[] at = {0};
        for (int patch = 0; patch < model.numPatches(); patch++) {
            forEachValue(model, channels, patch, index -> image[index] = patches[at[0]++]);
        }
        return image;
    }

    /**
     * Copies one patch of an image.
     *
     * @param image [C, S, S]
     * @param patch its number, row-major
     * @param out receives P*P*C values from {@code offset} on
     */
    public static void copyPatch(float[] image, ModelSettings model, int channels, int patch, float[] out, int offset) {
        int[] at = {offset};
        forEachValue(model, channels, patch, index -> out[at[0]++] = image[index]);
    }

    private interface Visit {
        void value(int index);
    }

    /** Visits the places of a patch's values in a [C, S, S] image, in the order of the patch. */
    private static void forEachValue(ModelSettings model, int channels, int patch, Visit visit) {
        int side = model.patchSize();
        int size = model.imageSize();
        int top = patch / model.gridSize() * side;
        int left = patch % model.gridSize() * side;
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                for (int c = 0; c < channels; c++) {
                    visit.value((c * size + y) * size + x);
                }
            }
        }
    }
}
