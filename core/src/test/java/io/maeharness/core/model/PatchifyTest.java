package io.maeharness.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.maeharness.core.config.ModelSettings;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchifyTest {
    private static final int SIDE = 4;
    private static final int CHANNELS = 2;
    private static final ModelSettings MODEL = new ModelSettings(SIDE, 2, 16, 2, 2, 12, 1, 1, 2);
    private static final int VALUES = MODEL.patchValues(CHANNELS);

    /** Pixel (c, y, x) has the value 16 c + 4 y + x. */
    private final float[] image = numbered(CHANNELS * SIDE * SIDE);

    @Test
    void aPatchIsLaidOutByRowColumnAndChannel() {
        float[] patch = new float[VALUES + 1];

        Patchify.copyPatch(image, MODEL, CHANNELS, 1, patch, 1);

        assertArrayEquals(new float[] {0, 2, 18, 3, 19, 6, 22, 7, 23}, patch);
    }

    @Test
    void patchesPartitionTheImage() {
        float[] patches = new float[image.length];
        for (int patch = 0; patch < MODEL.numPatches(); patch++) {
            Patchify.copyPatch(image, MODEL, CHANNELS, patch, patches, patch * VALUES);
        }
        Arrays.sort(patches);

        assertArrayEquals(image, patches);
    }

    private static float[] numbered(int count) {
        float[] numbers = new float[count];
        IntStream.range(0, count).forEach(i -> numbers[i] = i);
        return numbers;
    }
}
