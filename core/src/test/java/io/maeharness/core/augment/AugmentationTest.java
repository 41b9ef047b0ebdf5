package io.maeharness.core.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.image.Box;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Resampling;
import io.maeharness.core.image.Resize;
import io.maeharness.core.image.Scratch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationTest {

    private static final PixelStatistics GREY = new PixelStatistics(List.of(0.5), List.of(0.25));

    static Stream<SampleTransform> transforms() {
        return Stream.concat(
                Stream.of(Augmentation.values()).map(kind -> kind.transform(CropScale.PRETRAINING)),
                Stream.of(
                        new EvaluationTransform(),
                        FineTuneTransform.paper(PixelStatistics.IMAGENET),
                        new ContrastiveView(CropScale.INCEPTION, ColourDistortion.PUBLISHED, 0.2, 0.5, 0.2),
                        new FineTuneTransform(
                                CropScale.INCEPTION, Optional.empty(), Optional.of(RandomErasing.withProbability(1)))));
    }

    private static Picture picture(int width, int height, int channels) {
        byte[] pixels = new byte[width * height * channels];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31 % 251);
        }
        return new Picture(width, height, channels, pixels);
    }

    private static float[] view(SampleTransform transform, Picture picture, int size, int index) {
        return view(transform, picture, size, index, new Scratch());
    }

    private static float[] view(SampleTransform transform, Picture picture, int size, int index, Scratch scratch) {
        float[] out = new float[picture.channels() * size * size];
        PixelStatistics statistics = picture.channels() == 1 ? GREY : PixelStatistics.IMAGENET;
        var draws = new StageRandom(5).at(Purpose.AUGMENTATION, 0, index);
        transform.apply(picture, size, draws, statistics, out, 0, scratch);
        return out;
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void theSameDrawsGiveTheSameBitsWhateverWasDoneBefore(SampleTransform transform) {
        Scratch used = new Scratch();
        for (int index = 0; index < 20; index++) {
            view(transform, picture(50, 41, 3), 24, index + 100, used);
            assertArrayEquals(
                    view(transform, picture(40, 30, 3), 16, index),
                    view(transform, picture(40, 30, 3), 16, index, used));
        }
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void thePictureItselfIsNeverChanged(SampleTransform transform) {
        Picture picture = picture(16, 16, 3);
        for (int index = 0; index < 20; index++) {
            view(transform, picture, 16, index);
        }
        assertEquals(picture(16, 16, 3), picture);
    }

    @Test
    void randomAugmentationsDifferFromSampleToSample() {
        for (Augmentation kind : EnumSet.complementOf(EnumSet.of(Augmentation.NONE))) {
            Set<Integer> seen = new HashSet<>();
            for (int index = 0; index < 20; index++) {
                seen.add(Arrays.hashCode(view(kind.transform(CropScale.PRETRAINING), picture(32, 32, 1), 32, index)));
            }
            assertTrue(seen.size() > 15, kind + " gave only " + seen.size() + " different views");
        }
    }

    @Test
    void withoutAugmentationAPictureOfTheInputsSizeIsOnlyStandardised() {
        float[] out = view(Augmentation.NONE.transform(CropScale.PRETRAINING), picture(8, 8, 1), 8, 0);
        for (int i = 0; i < out.length; i++) {
            assertEquals((i * 31 % 251 / 255.0 - 0.5) / 0.25, out[i], 1e-6);
        }
    }

    @Test
    void channelsBecomePlanes() {
        float[] out = view(Augmentation.NONE.transform(CropScale.PRETRAINING), picture(8, 8, 3), 8, 0);
        assertEquals(PixelStatistics.IMAGENET.standardise(picture(8, 8, 3).level(2, 5, 1), 1), out[64 + 2 * 8 + 5]);
    }

    @Test
    void evaluationTakesTheCentreOfTheResizedPicture() {
        Picture picture = picture(60, 45, 3);
        byte[] square = new EvaluationTransform()
                .square(picture, 28, new StageRandom(0).at(Purpose.NOISE, 0, 0), new Scratch());
        Picture resized = Resize.crop(picture, Box.whole(picture), 42, 32, Resampling.BICUBIC);
        byte[] expected = Resize.crop(resized, new Box(7, 2, 28, 28), 28, 28, Resampling.BICUBIC)
                .pixels();
        assertArrayEquals(expected, Arrays.copyOf(square, expected.length));
    }

    @Test
    void theFixedSizeCropOf32ComesFrom37() {
        assertEquals(37, EvaluationTransform.resized(32));
        assertEquals(256, EvaluationTransform.resized(224));
    }

    @Test
    void halfOfTheViewsAreMirrored() {
        byte[] ramp = new byte[16 * 16];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i % 16 * 10);
        }
        Picture picture = new Picture(16, 16, 1, ramp);
        int mirrored = 0;
        for (int index = 0; index < 1000; index++) {
            float[] out = view(Augmentation.CROP_RANDOM_SIZE.transform(CropScale.PRETRAINING), picture, 16, index);
            mirrored += out[0] > out[15] ? 1 : 0;
        }
        assertEquals(500, mirrored, 80); // five standard deviations of a binomial(1000, 0.5)
    }

    @Test
    void jitterWithoutStrengthIsTheRandomSizeCrop() {
        Picture picture = picture(40, 30, 3);
        byte[] plain = new byte[16 * 16 * 3];
        for (int index = 0; index < 10; index++) {
            var draws = new StageRandom(5).at(Purpose.AUGMENTATION, 0, index);
            byte[] crop =
                    new Augmentation.RandomSizeCrop(CropScale.PRETRAINING).square(picture, 16, draws, new Scratch());
            System.arraycopy(crop, 0, plain, 0, plain.length);
            draws = new StageRandom(5).at(Purpose.AUGMENTATION, 0, index);
            byte[] jittered =
                    new Augmentation.ColorJitter(CropScale.PRETRAINING, 0).square(picture, 16, draws, new Scratch());
            assertArrayEquals(plain, Arrays.copyOf(jittered, plain.length));
        }
    }

    @Test
    void statisticsOfOtherChannelsAreRefused() {
        var draws = new StageRandom(5).at(Purpose.AUGMENTATION, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> new EvaluationTransform()
                .apply(picture(4, 4, 3), 4, draws, GREY, new float[48], 0, new Scratch()));
    }

    @Test
    void erasingReplacesBetweenTwoPercentAndAThird() {
        int changedSum = 0;
        for (int index = 0; index < 200; index++) {
            float[] image = new float[32 * 32];
            Arrays.fill(image, 100);
            RandomErasing.withProbability(1).apply(image, 0, 1, 32, new StageRandom(3).at(Purpose.ERASE, 0, index));
            int changed = 0;
            for (float value : image) {
                changed += value != 100 ? 1 : 0;
            }
            assertTrue(changed >= 15 && changed <= 360, changed + " pixels erased");
            changedSum += changed;
        }
        assertTrue(changedSum / 200.0 > 120 && changedSum / 200.0 < 220, "mean " + changedSum / 200.0);
    }

    @Test
    void everyOperationOfRandAugmentChangesAPictureAndWorksOnGrey() {
        for (AugmentOperation operation : AugmentOperation.values()) {
            byte[] colour = picture(16, 16, 3).pixels();
            operation.apply(new AugmentOperation.Canvas(colour, 16, 3, new int[] {1, 2, 3}, new Scratch()), 0.9, 1);
            assertFalse(Arrays.equals(picture(16, 16, 3).pixels(), colour), operation + " changed nothing");
            byte[] grey = picture(16, 16, 1).pixels();
            operation.apply(new AugmentOperation.Canvas(grey, 16, 1, new int[] {9}, new Scratch()), 0.9, -1);
            assertEquals(
                    operation == AugmentOperation.SATURATION,
                    Arrays.equals(picture(16, 16, 1).pixels(), grey),
                    operation + " on grey");
        }
    }

    @Test
    void strengthsOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Augmentation.ColorJitter(CropScale.PRETRAINING, 1.5));
        assertThrows(IllegalArgumentException.class, () -> RandAugment.withMagnitude(11, GREY));
        assertThrows(IllegalArgumentException.class, () -> RandomErasing.withProbability(2));
    }
}
