package io.maeharness.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResizeTest {

    private static Picture gradient(int width, int height, int channels) {
        byte[] pixels = new byte[width * height * channels];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 % 256);
        }
        return new Picture(width, height, channels, pixels);
    }

    @Test
    void aCropOfTheSameSizeIsCopied() {
        Picture crop = Resize.crop(gradient(5, 4, 3), new Box(1, 2, 3, 2), 3, 2, Resampling.BICUBIC);
        assertEquals(gradient(5, 4, 3).level(2, 1, 0), crop.level(0, 0, 0));
        assertEquals(gradient(5, 4, 3).level(3, 3, 2), crop.level(1, 2, 2));
    }

    @Test
    void aConstantPictureStaysConstantAtEverySize() {
        byte[] grey = new byte[9 * 7];
        Arrays.fill(grey, (byte) 200);
        Picture picture = new Picture(9, 7, 1, grey);
        for (int size = 1; size < 30; size++) {
            for (Resampling filter : Resampling.values()) {
                for (byte level : Resize.crop(picture, Box.whole(picture), size, size, filter)
                        .pixels()) {
                    assertEquals(200, level & 0xFF, "size " + size + " " + filter);
                }
            }
        }
    }

    @Test
    void halvingByTheTriangleWeighsFourNeighbours() {
        Picture row = new Picture(4, 1, 1, new byte[] {0, 80, 120, (byte) 240});
        byte[] halved =
                Resize.crop(row, Box.whole(row), 2, 1, Resampling.BILINEAR).pixels();
        // Left pixel: weights 3/4, 3/4, 1/4 of the triangle of half-width 2, normalised: (3 x 80 + 120) / 7.
        assertArrayEquals(new byte[] {51, (byte) Math.round((80 + 3 * 120 + 3 * 240) / 7.0)}, halved);
    }

    @Test
    void aWindowHoldsWhatTheWholeResultHoldsThere() {
        for (int channels : new int[] {1, 3}) {
            Picture picture = gradient(20, 15, channels);
            Picture whole = Resize.crop(picture, Box.whole(picture), 12, 37, Resampling.BICUBIC);
            Box window = new Box(3, 11, 5, 6);
            byte[] part = new byte[5 * 6 * channels];
            Resize.crop(picture, Box.whole(picture), 12, 37, window, Resampling.BICUBIC, new Scratch(), part);
            Picture expected = Resize.crop(whole, window, 5, 6, Resampling.BICUBIC);
            assertArrayEquals(expected.pixels(), part);
        }
    }

    @Test
    void aUsedScratchChangesNothing() {
        Scratch used = new Scratch();
        byte[] large = new byte[40 * 40 * 3];
        Picture other = gradient(33, 21, 3);
        Resize.crop(other, Box.whole(other), 40, 40, new Box(0, 0, 40, 40), Resampling.BICUBIC, used, large);
        Picture picture = gradient(9, 9, 1);
        byte[] out = new byte[16];
        Resize.crop(picture, Box.whole(picture), 4, 4, new Box(0, 0, 4, 4), Resampling.BICUBIC, used, out);
        assertArrayEquals(
                Resize.crop(picture, Box.whole(picture), 4, 4, Resampling.BICUBIC)
                        .pixels(),
                out);
    }

    @Test
    void aBoxOutsideThePictureIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Resize.crop(gradient(4, 4, 1), new Box(2, 0, 3, 3), 2, 2, Resampling.BICUBIC));
    }
}
