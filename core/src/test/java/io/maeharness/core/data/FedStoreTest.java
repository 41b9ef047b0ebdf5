package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.augment.FineTuneTransform;
import io.maeharness.core.augment.RandAugment;
import io.maeharness.core.augment.RandomErasing;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.StageRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of other sizes than the views', in colour and grey: what a device is fed with is what arrays hold. */
class FedStoreTest {
    private static final int[] INDICES = {3, 0, 11, 7, 8, 5, 2};

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static ImageDataset pictures(int channels) {
        Random random = new Random(2);
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] pixels = new byte[(20 + i) * 25 * channels];
            random.nextBytes(pixels);
            pictures.add(new Picture(20 + i, 25, channels, pixels));
        }
        return new MemoryDataset("noise", List.of("a"), pictures, new int[12]);
    }

    private static PixelStatistics statistics(int channels) {
        return channels == 1 ? new PixelStatistics(List.of(0.3), List.of(0.21)) : PixelStatistics.IMAGENET;
    }

    /** The rows of table 1e, evaluation among them, and fine-tuning without and with noise in erased places. */
    private static List<ViewLoader.View> views(PixelStatistics statistics) {
        Optional<RandAugment> changed = Optional.of(RandAugment.paper(statistics));
        List<SampleTransform> transforms = new ArrayList<>();
        Arrays.stream(Augmentation.values())
                .forEach(augmentation -> transforms.add(augmentation.transform(CropScale.PRETRAINING)));
        transforms.add(new FineTuneTransform(CropScale.INCEPTION, changed, Optional.empty()));
        transforms.add(
                new FineTuneTransform(CropScale.INCEPTION, changed, Optional.of(RandomErasing.withProbability(1))));
        return transforms.stream()
                .map(transform -> new ViewLoader.View(transform, 16))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyAugmentationFeedsTheBitsThatArraysHold(int channels) {
        ImageDataset pictures = pictures(channels);
        PixelStatistics statistics = statistics(channels);
        List<ViewLoader.View> views = views(statistics);
        try (ViewLoader arrays = new ViewLoader(pictures, views, statistics, new StageRandom(6), 0);
                ViewLoader fed = new ViewLoader(
                        pictures, views, statistics, new StageRandom(6), 3, Optional.of(new FeedMemory(manager)))) {
            for (long epoch = 0; epoch < 3; epoch++) {
                List<Batch> expected = arrays.load(epoch, INDICES);
                List<Batch> actual = fed.load(epoch, INDICES);
                fed.prepare(epoch + 1, INDICES);
                for (int view = 0; view < views.size(); view++) {
                    assertArrayEquals(
                            expected.get(view).images(), actual.get(view).images(), views.get(view) + "");
                }
            }
        }
    }

    @Test
    void onlyErasedPicturesTakeFourBytesAValue() {
        ImageDataset pictures = pictures(3);
        PixelStatistics statistics = statistics(3);
        try (ViewLoader fed = new ViewLoader(
                pictures, views(statistics), statistics, new StageRandom(6), 0, Optional.of(new FeedMemory(manager)))) {
            int values = INDICES.length * 3 * 16 * 16;
            assertEquals(
                    List.of(values, values, values, values, values, 4 * values),
                    fed.load(0, INDICES).stream()
                            .map(batch ->
                                    batch.fed().orElseThrow().block().bytes().capacity())
                            .toList());
        }
    }

    @Test
    void picturesOfOtherChannelsAreRefused() {
        try (ViewLoader fed = new ViewLoader(
                pictures(3),
                views(statistics(3)).subList(0, 1),
                statistics(1),
                new StageRandom(6),
                0,
                Optional.of(new FeedMemory(manager)))) {
            assertThrows(IllegalArgumentException.class, () -> fed.load(0, INDICES));
        }
    }

    /** A picture that takes its time. */
    private record Slow(ImageDataset dataset, CountDownLatch begun, CountDownLatch go) implements ImageDataset {
        @Override
        public Picture image(int index) {
            begun.countDown();
            boolean interrupted = true;
            while (interrupted) { // decoding does not stop either
                try {
                    go.await();
                    interrupted = false;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return dataset.image(index);
        }

        @Override
        public String name() {
            return dataset.name();
        }

        @Override
        public int size() {
            return dataset.size();
        }

        @Override
        public int label(int index) {
            return dataset.label(index);
        }

        @Override
        public List<String> classNames() {
            return dataset.classNames();
        }

        @Override
        public int channels() {
            return dataset.channels();
        }

        @Override
        public boolean isDecoded() {
            return true;
        }

        @Override
        public String digest() {
            return dataset.digest();
        }
    }

    @Test
    void memoryIsNotReleasedWhileAThreadWritesIntoIt() throws InterruptedException {
        Slow slow = new Slow(pictures(1), new CountDownLatch(1), new CountDownLatch(1));
        ViewLoader fed = new ViewLoader(
                slow, views(statistics(1)), statistics(1), new StageRandom(6), 1, Optional.of(new FeedMemory(manager)));
        fed.prepare(0, IntStream.range(0, 2).toArray());
        slow.begun().await();
        Thread closing = new Thread(fed::close);
        closing.start();
        closing.join(100);
        assertTrue(closing.isAlive(), "closed while a picture was on its way");
        slow.go().countDown();
        closing.join(20_000);
        assertFalse(closing.isAlive());
    }
}
