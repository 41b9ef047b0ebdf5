package io.maeharness.core.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.image.Picture;
import io.maeharness.core.image.Scratch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ContrastiveViewTest {

    private static final CropScale WHOLE = new CropScale(0.999, 1);
    private static final ColourDistortion NO_COLOUR = new ColourDistortion(0, 0, 0, 0, 0);
    private static final int DRAWS = 1000;
    private static final double FIVE_DEVIATIONS = 5 * Math.sqrt(0.25 / DRAWS);

    /** Colours that are nowhere grey, levels below 128 only in one half. */
    private static Picture picture(int channels) {
        byte[] pixels = new byte[16 * 16 * channels];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31 % 251);
        }
        return new Picture(16, 16, channels, pixels);
    }

    private static byte[] square(SampleTransform view, Picture picture, int index) {
        var random = new StageRandom(5).at(Purpose.VIEW, 0, index);
        int length = picture.channels() * 16 * 16;
        return Arrays.copyOf(view.square(picture, 16, random, new Scratch()), length);
    }

    private static double share(SampleTransform view, Picture picture, Predicate<byte[]> changed) {
        int count = 0;
        for (int index = 0; index < DRAWS; index++) {
            count += changed.test(square(view, picture, index)) ? 1 : 0;
        }
        return count / (double) DRAWS;
    }

    private static boolean isGrey(byte[] pixels) {
        for (int i = 0; i < pixels.length; i += 3) {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static Predicate<byte[]> differsFrom(Picture picture) {
        return pixels -> !Arrays.equals(picture.pixels(), pixels);
    }

    @Test
    void withoutAnyStepAViewIsTheCrop() {
        ContrastiveView nothing = new ContrastiveView(CropScale.INCEPTION, NO_COLOUR, 0, 0, 0);
        SampleTransform crop = new Augmentation.RandomSizeCrop(CropScale.INCEPTION);
        for (int index = 0; index < 10; index++) {
            assertArrayEquals(square(crop, picture(3), index), square(nothing, picture(3), index));
        }
    }

    @Test
    void greyAndSolariseHappenAsOftenAsTheirProbabilitySays() {
        ContrastiveView grey = new ContrastiveView(WHOLE, NO_COLOUR, 0.2, 0, 0);
        assertEquals(0.2, share(grey, picture(3), ContrastiveViewTest::isGrey), FIVE_DEVIATIONS);
        ContrastiveView solarised = new ContrastiveView(WHOLE, NO_COLOUR, 0, 0, 0.3);
        assertEquals(0.3, share(solarised, picture(1), differsFrom(picture(1))), FIVE_DEVIATIONS);
    }

    @Test
    void blurHappensAsOftenAsItsProbabilitySays() {
        double always = share(new ContrastiveView(WHOLE, NO_COLOUR, 0, 1, 0), picture(1), differsFrom(picture(1)));
        double half = share(new ContrastiveView(WHOLE, NO_COLOUR, 0, 0.5, 0), picture(1), differsFrom(picture(1)));
        assertTrue(always > 0.6, "radii that change no level were drawn in " + (1 - always));
        assertEquals(always / 2, half, FIVE_DEVIATIONS);
    }

    @Test
    void colourHappensAsOftenAsItsProbabilitySays() {
        ContrastiveView view = new ContrastiveView(WHOLE, ColourDistortion.PUBLISHED, 0, 0, 0);
        assertEquals(0.8, share(view, picture(3), differsFrom(picture(3))), FIVE_DEVIATIONS);
    }

    @Test
    void aSolarisedViewHasNoLevelAbove127() {
        byte[] pixels = square(new ContrastiveView(CropScale.INCEPTION, NO_COLOUR, 0, 0, 1), picture(1), 3);
        for (byte level : pixels) {
            assertTrue(level >= 0, "level " + (level & 0xFF));
        }
    }

    @Test
    void strengthsCanBeScaled() {
        assertEquals(new ColourDistortion(0.8, 0.2, 0.2, 0.1, 0.05), ColourDistortion.PUBLISHED.times(0.5));
        assertEquals(0.3, ColourDistortion.PUBLISHED.withProbability(0.3).probability());
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ContrastiveView(WHOLE, NO_COLOUR, 1.2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ColourDistortion(0.8, 0.4, 0.4, 0.2, 0.6));
        assertThrows(IllegalArgumentException.class, () -> ColourDistortion.PUBLISHED.times(10));
    }
}
