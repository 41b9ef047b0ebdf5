package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.image.PixelStatistics;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerInputTest {
    private static final PixelStatistics GREY = new PixelStatistics(List.of(0.3), List.of(0.25));

    private static float[] view(int... levels) {
        float[] view = new float[levels.length];
        for (int i = 0; i < view.length; i++) {
            view[i] = GREY.standardise(levels[i], 0);
        }
        return view;
    }

    @Test
    void dallEsPixelsLieBetweenATenthAndNineTenths() {
        float[] pictures = new TokenizerInput(GREY, PixelMapping.DALL_E, 2, 2, 1).of(view(0, 255, 51, 102), 0, 1);
        assertArrayEquals(new float[] {0.1f, 0.9f, 0.26f, 0.42f}, Arrays.copyOf(pictures, 4), 1e-6f);
    }

    @Test
    void unitPixelsLieBetweenZeroAndOne() {
        float[] pictures = new TokenizerInput(GREY, PixelMapping.UNIT, 2, 2, 1).of(view(0, 255, 51, 102), 0, 1);
        assertArrayEquals(new float[] {0, 1, 0.2f, 0.4f}, Arrays.copyOf(pictures, 4), 1e-6f);
    }

    @Test
    void aViewOfTheRightSizeStaysTheSameToTheBit() {
        float[] view = view(0, 255, 17, 102);
        float[] pictures = new TokenizerInput(GREY, PixelMapping.STANDARDISED, 2, 2, 1).of(view, 0, 1);
        assertArrayEquals(view, Arrays.copyOf(pictures, 4), 0);
    }

    @Test
    void greyViewsAreRepeatedForATokenizerOfColours() {
        float[] pictures = new TokenizerInput(GREY, PixelMapping.UNIT, 1, 1, 3).of(view(51, 102), 1, 1);
        assertArrayEquals(new float[] {0.4f, 0.4f, 0.4f}, Arrays.copyOf(pictures, 3), 1e-6f);
    }

    @Test
    void aConstantViewStaysConstantWhenItIsResized() {
        int[] levels = new int[16];
        Arrays.fill(levels, 77);
        float[] pictures = new TokenizerInput(GREY, PixelMapping.UNIT, 4, 7, 1).of(view(levels), 0, 1);
        for (int i = 0; i < 49; i++) {
            assertEquals(77 / 255f, pictures[i], 1e-6);
        }
    }

    @Test
    void channelsThatCannotBeMadeAreRefusedWithBothNumbers() {
        PixelStatistics colours = new PixelStatistics(List.of(0.3, 0.3, 0.3), List.of(0.2, 0.2, 0.2));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new TokenizerInput(colours, PixelMapping.UNIT, 4, 4, 1));
        assertTrue(e.getMessage().contains("1 channels") && e.getMessage().contains("have 3"), e.getMessage());
    }

    @Test
    void aTokenizerOfOtherImagesGetsPixelsStandardisedByTheirs() {
        PixelStatistics theirs = new PixelStatistics(List.of(0.2), List.of(0.1));
        float[] pictures =
                new TokenizerInput(GREY, PixelMapping.STANDARDISED, theirs, 2, 2, 1).of(view(0, 255, 51, 102), 0, 1);
        assertArrayEquals(new float[] {-2, 8, 0, 2}, pictures, 1e-5f);
    }
}
