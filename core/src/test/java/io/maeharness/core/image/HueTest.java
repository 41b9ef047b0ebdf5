package io.maeharness.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checksums made with Pillow 12.3: convert to HSV, add {@code int(shift * 255)} to the bytes of hue, convert to RGB.
 */
class HueTest {

    /** All colours in steps of five levels, red slowest. */
    private static byte[] colours() {
        byte[] pixels = new byte[52 * 52 * 52 * 3];
        int i = 0;
        for (int red = 0; red < 256; red += 5) {
            for (int green = 0; green < 256; green += 5) {
                for (int blue = 0; blue < 256; blue += 5) {
                    pixels[i++] = (byte) red;
                    pixels[i++] = (byte) green;
                    pixels[i++] = (byte) blue;
                }
            }
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({"0.1, 86712927", "-0.07, 2502512103", "0.0, 766652913"})
    void everyColourBecomesPillowsToTheBit(double shift, long checksum) {
        byte[] pixels = colours();
        Hue.shift(pixels, pixels.length / 3, 3, shift);
        CRC32 crc = new CRC32();
        crc.update(pixels);
        assertEquals(checksum, crc.getValue());
    }

    @Test
    void aThirdOfTheCircleTurnsRedIntoGreen() {
        byte[] pixels = {(byte) 255, 0, 0};
        Hue.shift(pixels, 1, 3, 1 / 3.0);
        assertArrayEquals(new byte[] {0, (byte) 255, 0}, pixels);
    }

    @Test
    void aGreyPictureStays() {
        byte[] pixels = {1, 2, 3};
        Hue.shift(pixels, 3, 1, 0.4);
        assertArrayEquals(new byte[] {1, 2, 3}, pixels);
    }
}
