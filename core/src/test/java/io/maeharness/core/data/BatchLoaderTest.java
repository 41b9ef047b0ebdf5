package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.StageRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLoaderTest {

    private static final PixelStatistics GREY = new PixelStatistics(List.of(0.5), List.of(0.25));

    private static ImageDataset dataset() {
        List<Picture> pictures = new ArrayList<>();
        int[] labels = new int[20];
        for (int i = 0; i < labels.length; i++) {
            byte[] pixels = new byte[64];
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = (byte) (i * 50 + k * 3);
            }
            pictures.add(new Picture(8, 8, 1, pixels));
            labels[i] = i % 4;
        }
        return new MemoryDataset("test", List.of("a", "b", "c", "d"), pictures, labels);
    }

    @Test
    void aGpuIsFedAheadAlsoFromMemory() {
        ImageDataset memory = dataset();
        assertFalse(memory.isDecoded());
        assertEquals(0, ViewLoader.threads(memory, false), "a processor would only wait for itself");
        assertTrue(ViewLoader.threads(memory, true) > 0);
    }

    private static BatchLoader loader(int threads) {
        return new BatchLoader(
                dataset(),
                Augmentation.CROP_RANDOM_SIZE.transform(CropScale.PRETRAINING),
                GREY,
                8,
                new StageRandom(3),
                threads);
    }

    private static float[] sample(Batch batch, int position) {
        return Arrays.copyOfRange(batch.images(), position * 64, (position + 1) * 64);
    }

    @Test
    void aSampleDoesNotDependOnItsBatch() {
        try (BatchLoader loader = loader(0)) {
            float[] first = sample(loader.load(2, new int[] {4, 9, 17}), 1);
            loader.load(5, new int[] {1, 2});
            assertArrayEquals(first, sample(loader.load(2, new int[] {9}), 0));
        }
    }

    @Test
    void epochsGiveDifferentViews() {
        try (BatchLoader loader = loader(0)) {
            float[] first = sample(loader.load(0, new int[] {4}), 0);
            assertFalse(Arrays.equals(first, sample(loader.load(1, new int[] {4}), 0)));
        }
    }

    private static ViewLoader views(int... sizes) {
        List<ViewLoader.View> views = Arrays.stream(sizes)
                .mapToObj(size ->
                        new ViewLoader.View(Augmentation.CROP_RANDOM_SIZE.transform(CropScale.PRETRAINING), size))
                .toList();
        return new ViewLoader(dataset(), views, GREY, new StageRandom(3), 0);
    }

    @Test
    void theFirstOfSeveralViewsIsTheOnlyOneOfAPlainLoader() {
        try (BatchLoader plain = loader(0);
                ViewLoader views = views(8, 8, 4)) {
            int[] indices = {4, 9};
            assertArrayEquals(
                    sample(plain.load(1, indices), 1),
                    sample(views.load(1, indices).get(0), 1));
        }
    }

    @Test
    void viewsOfASampleDifferAndHaveTheirOwnSize() {
        try (ViewLoader views = views(8, 8, 8, 4)) {
            List<Batch> batches = views.load(1, new int[] {4});
            assertFalse(Arrays.equals(batches.get(0).images(), batches.get(1).images()));
            assertFalse(Arrays.equals(batches.get(1).images(), batches.get(2).images()));
            assertEquals(16, batches.get(3).images().length);
            assertEquals(0, batches.get(3).labels()[0]);
        }
    }

    @Test
    void aLoaderWithoutViewsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> views());
    }

    @Test
    void labelsFollowTheIndices() {
        try (BatchLoader loader = loader(0)) {
            Batch batch = loader.load(0, new int[] {3, 4, 6});
            assertEquals(3, batch.count());
            assertArrayEquals(new int[] {3, 0, 2}, batch.labels());
        }
    }

    @Test
    void buffersAreReused() {
        try (BatchLoader loader = loader(0)) {
            float[] images = loader.load(0, new int[] {3, 4, 6}).images();
            assertSame(images, loader.load(0, new int[] {1, 2}).images());
        }
    }

    @Test
    void batchesPreparedInTheBackgroundAreTheSameBits() {
        try (BatchLoader plain = loader(0);
                BatchLoader ahead = loader(3)) {
            for (int step = 0; step < 20; step++) {
                Batch expected = plain.load(1, sevenFrom(step));
                Batch actual = ahead.load(1, sevenFrom(step));
                ahead.prepare(1, sevenFrom(step + 1));
                for (int i = 0; i < 7; i++) {
                    assertArrayEquals(sample(expected, i), sample(actual, i));
                }
                assertArrayEquals(expected.labels(), actual.labels());
                if (step % 5 == 4) {
                    ahead.load(7, new int[] {0}); // another batch than the prepared one
                }
            }
        }
    }

    /** More samples than threads, so that each thread takes several. */
    private static int[] sevenFrom(int step) {
        return IntStream.range(0, 7).map(i -> (step + 3 * i) % 20).toArray();
    }

    @Test
    void aFailureInTheBackgroundReachesTheCaller(@TempDir Path root) throws IOException {
        TinyData.folder(root);
        DataSplits splits =
                DataSource.open(DataRequest.of(DataSource.IMAGE_FOLDER).withDirectory(root));
        Files.delete(root.resolve("val/cat/0.png"));
        try (BatchLoader loader = new BatchLoader(
                splits.test(),
                Augmentation.NONE.transform(CropScale.PRETRAINING),
                splits.statistics(),
                16,
                new StageRandom(1),
                2)) {
            loader.prepare(0, new int[] {0});
            assertThrows(HarnessException.class, () -> loader.load(0, new int[] {0}));
        }
    }

    @Test
    void aPositionOutsideASubsetsWholeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Subset("x", dataset(), new int[] {20}));
    }
}
