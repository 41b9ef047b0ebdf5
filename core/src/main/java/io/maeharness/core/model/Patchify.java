package io.maeharness.core.model;

import io.maeharness.core.config.ModelSettings;

/**
 * Patches of images, on plain arrays. A patch is laid out (row, column, channel), as the loss sees it. Source:
 * the official implementation.
 */
public final class Patchify {
    private Patchify() {}

    /**
     * Copies one patch of an image.
     *
     * @param image [C, S, S]
     * @param patch its number, row-major
     * @param out receives P*P*C values from {@code offset} on
     */
    public static void copyPatch(float[] image, ModelSettings model, int channels, int patch, float[] out, int offset) {
        int at = offset;
        int side = model.patchSize();
        int size = model.imageSize();
        int top = patch / model.gridSize() * side;
        int left = patch % model.gridSize() * side;
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                for (int c = 0; c < channels; c++) {
                    out[at++] = image[(c * size + y) * size + x];
                }
            }
        }
    }
}
