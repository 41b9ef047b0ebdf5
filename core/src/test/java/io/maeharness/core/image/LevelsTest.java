package io.maeharness.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LevelsTest {

    private static byte[] bytes(int... levels) {
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            bytes[i] = (byte) levels[i];
        }
        return bytes;
    }

    @Test
    void autoContrastStretchesEachChannelToTheFullRange() {
        byte[] pixels = bytes(100, 7, 0, 125, 7, 255, 151, 7, 128);
        Levels.autoContrast(pixels, 3, 3);
        assertArrayEquals(bytes(0, 7, 0, 125, 7, 255, 255, 7, 128), pixels);
    }

    @Test
    void equalizeLeavesAPictureOfOneLevel() {
        byte[] pixels = bytes(9, 9, 9, 9);
        Levels.equalize(pixels, 4, 1);
        assertArrayEquals(bytes(9, 9, 9, 9), pixels);
    }

    @Test
    void equalizeSpreadsCrowdedLevels() {
        byte[] pixels = new byte[1024];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (100 + i % 4);
        }
        Levels.equalize(pixels, pixels.length, 1);
        assertEquals(0, pixels[0] & 0xFF);
        assertEquals(255, pixels[3] & 0xFF);
        assertEquals(85, pixels[1] & 0xFF, 1);
    }

    @Test
    void invertPosterizeAndSolarizeMapSingleLevels() {
        byte[] pixels = bytes(0, 100, 255);
        Levels.invert(pixels, 3, 1);
        assertArrayEquals(bytes(255, 155, 0), pixels);
        Levels.posterize(pixels, 3, 1, 1);
        assertArrayEquals(bytes(128, 128, 0), pixels);
        Levels.solarizeAdd(pixels, 3, 1, 60);
        assertArrayEquals(bytes(128, 128, 60), pixels);
        Levels.solarize(pixels, 3, 1, 100);
        assertArrayEquals(bytes(127, 127, 60), pixels);
    }

    @Test
    void posterizeToNoBitsIsBlack() {
        byte[] pixels = bytes(255, 3);
        Levels.posterize(pixels, 2, 1, 0);
        assertArrayEquals(bytes(0, 0), pixels);
    }

    @Test
    void aFactorOfOneLeavesAPictureAsItIs() {
        byte[] pixels = bytes(
                1, 50, 200, 255, 9, 0, 77, 3, 140, 30, 31, 32, 90, 80, 70, 5, 4, 250, 6, 8, 9, 1, 2, 3, 44, 55, 66);
        byte[] before = pixels.clone();
        Enhance.brightness(pixels, 9, 3, 1);
        Enhance.contrast(pixels, 9, 3, 1);
        Enhance.saturation(pixels, 9, 3, 1);
        Enhance.sharpness(pixels, 3, 3, 3, 1, new Scratch());
        assertArrayEquals(before, pixels);
    }

    @Test
    void sharpnessOfZeroSmoothsTheInnerPixels() {
        byte[] pixels = bytes(0, 0, 0, 0, 130, 0, 0, 0, 0);
        Enhance.sharpness(pixels, 3, 3, 1, 0, new Scratch());
        assertArrayEquals(bytes(0, 0, 0, 0, 50, 0, 0, 0, 0), pixels);
    }

    @Test
    void saturationLeavesAGreyPicture() {
        byte[] pixels = bytes(1, 50, 200);
        Enhance.saturation(pixels, 3, 1, 0.2f);
        assertArrayEquals(bytes(1, 50, 200), pixels);
    }

    @Test
    void aShiftByWholePixelsMovesLevelsAndFillsTheRest() {
        byte[] pixels = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Affine.translation(1, 0).apply(pixels, 3, 1, new int[] {99}, new Scratch());
        assertArrayEquals(bytes(2, 3, 99, 5, 6, 99, 8, 9, 99), pixels);
    }

    @Test
    void aQuarterTurnMovesTheCorners() {
        byte[] pixels = bytes(10, 20, 30, 40, 50, 60, 70, 80, 90);
        Affine.rotation(90, 3).apply(pixels, 3, 1, new int[] {0}, new Scratch());
        int[] turned = {30, 60, 90, 20, 50, 80, 10, 40, 70};
        for (int i = 0; i < turned.length; i++) {
            assertEquals(turned[i], pixels[i] & 0xFF, 1); // truncated as in Pillow
        }
    }
}
