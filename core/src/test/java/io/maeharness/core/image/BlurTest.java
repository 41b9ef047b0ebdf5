package io.maeharness.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First levels and checksums made with {@code ImageFilter.GaussianBlur} of Pillow 12.3. */
class BlurTest {

    private static final int SIZE = 8;

    private static byte[] square(int channels) {
        byte[] pixels = new byte[SIZE * SIZE * channels];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 97 + i * i % 53 * 5);
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.1, 0 102 214 80, 2313695968",
        "1, 0.5, 21 115 187 109, 3304688041",
        "1, 0.67, 39 121 173 122, 633132092",
        "1, 1.3, 112 130 140 133, 99503951",
        "1, 2.0, 126 127 129 129, 159029603",
        "3, 0.1, 0 102 214 80, 1792604202",
        "3, 0.5, 33 112 196 84, 3121284158",
        "3, 0.67, 54 116 185 91, 1035393140",
        "3, 1.3, 102 142 144 113, 3402050700",
        "3, 2.0, 113 148 121 120, 2520511931"
    })
    void theBlurIsPillowsToTheBit(int channels, double radius, String first, long checksum) {
        byte[] pixels = square(channels);
        Blur.gaussian(pixels, SIZE, channels, radius, new Scratch());
        StringBuilder levels = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            levels.append(i > 0 ? " " : "").append(pixels[i] & 0xFF);
        }
        CRC32 crc = new CRC32();
        crc.update(pixels);
        assertEquals(first + ", " + checksum, levels + ", " + crc.getValue());
    }

    @Test
    void onePixelSpreadsByItsRadius() {
        byte[] pixels = new byte[33 * 33];
        pixels[16 * 33 + 16] = (byte) 255;
        pixels[16 * 33 + 15] = (byte) 255;
        pixels[15 * 33 + 16] = (byte) 255;
        pixels[15 * 33 + 15] = (byte) 255;
        Blur.gaussian(pixels, 33, 1, 1.5, new Scratch());
        double sum = 0;
        double second = 0;
        for (int i = 0; i < pixels.length; i++) {
            double distance = i % 33 - 15.5;
            sum += pixels[i] & 0xFF;
            second += distance * distance * (pixels[i] & 0xFF);
        }
        assertEquals(1.5, Math.sqrt(second / sum - 0.25), 0.1); // the block itself has a variance of 1/4
    }

    @Test
    void aFlatPictureStays() {
        byte[] pixels = new byte[SIZE * SIZE];
        Arrays.fill(pixels, (byte) 200);
        Blur.gaussian(pixels, SIZE, 1, 2, new Scratch());
        for (byte level : pixels) {
            assertEquals(200, level & 0xFF);
        }
    }

    @Test
    void aNegativeRadiusIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Blur.gaussian(square(1), SIZE, 1, -1, new Scratch()));
    }
}
