package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingFeedTest {
    private static final int SIDE = 8;
    private static final int BATCH = 6;
    private static final int CHUNK = 4;
    private static final int IMAGES = 20;
    private static final PixelStatistics STATISTICS = new PixelStatistics(List.of(0.5), List.of(0.25));

    /** So large that a chunk holds four images. */
    private static final int VALUES = (1 << 26) / CHUNK;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Pictures that count as files, or not. */
    private record Images(boolean isDecoded, Set<Integer> asked) implements ImageDataset {
        Images(boolean isDecoded) {
            this(isDecoded, ConcurrentHashMap.newKeySet());
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public int size() {
            return IMAGES;
        }

        @Override
        public int label(int index) {
            return index % 3;
        }

        @Override
        public List<String> classNames() {
            return List.of("a", "b", "c");
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public Picture image(int index) {
            asked.add(index);
            byte[] pixels = new byte[SIDE * SIDE];
            IntStream.range(0, pixels.length).forEach(k -> pixels[k] = (byte) (index * 31 + k * 5));
            return new Picture(SIDE, SIDE, 1, pixels);
        }

        @Override
        public String digest() {
            return "none";
        }
    }

    private TrainingFeed feed(ImageDataset images) {
        return feed(images, TrainingDevice.of(manager));
    }

    private TrainingFeed feed(ImageDataset images, TrainingDevice device) {
        return TrainingFeed.of(
                new StageData(images, images, images, STATISTICS),
                new Schedule(4, 0, BATCH, 2, 1e-3, 0, 0),
                new StageRandom(5),
                List.of(new ViewLoader.View(Augmentation.CROP_RANDOM_SIZE.transform(CropScale.PRETRAINING), SIDE)),
                VALUES,
                device);
    }

    @Test
    void theChunksOfAStepAreItsSamplesInOrderAndTheirSharesAreOne() {
        try (TrainingFeed feed = feed(new Images(false))) {
            List<Integer> samples = new ArrayList<>();
            double shares = 0;
            for (TrainingFeed.Chunk chunk : feed.chunksOf(1)) {
                assertEquals(samples.size(), chunk.from());
                Arrays.stream(chunk.samples()).forEach(samples::add);
                shares += chunk.share();
            }
            assertEquals(Arrays.stream(feed.order().samplesOf(1)).boxed().toList(), samples);
            assertEquals(1, shares, 1e-12);
        }
    }

    @Test
    void picturesThatAreDecodedAheadAreTheSameBitsAcrossTheEndOfAnEpoch() {
        try (TrainingFeed plain = feed(new Images(false));
                TrainingFeed ahead = feed(new Images(true))) {
            for (long step = 0; step < 10; step++) {
                var expected = plain.chunksOf(step).iterator();
                for (TrainingFeed.Chunk actual : ahead.chunksOf(step)) {
                    TrainingFeed.Chunk wanted = expected.next();
                    assertEquals(wanted.epoch(), actual.epoch());
                    assertArrayEquals(wanted.samples(), actual.samples());
                    int floats = actual.samples().length * SIDE * SIDE;
                    assertArrayEquals(
                            Arrays.copyOf(wanted.images().images(), floats),
                            Arrays.copyOf(actual.images().images(), floats));
                }
            }
        }
    }

    @Test
    void aDeviceThatIsFedAsAGpuGetsTheSameBitsAsBytes() {
        DeviceBuffer buffer = new DeviceBuffer(manager);
        try (TrainingFeed plain = feed(new Images(false));
                TrainingFeed fed =
                        feed(new Images(true), TrainingDevice.of(manager).fedAsGpu())) {
            for (long step = 0; step < 10; step++) {
                var expected = plain.chunksOf(step).iterator();
                for (TrainingFeed.Chunk actual : fed.chunksOf(step)) {
                    int count = actual.samples().length;
                    float[] wanted = Arrays.copyOf(expected.next().images().images(), count * SIDE * SIDE);
                    assertEquals(
                            wanted.length,
                            actual.images().fed().orElseThrow().block().bytes().capacity());
                    NDArray onDevice = buffer.put(manager, actual.images(), new Shape(count, 1, SIDE, SIDE));
                    assertArrayEquals(wanted, onDevice.toFloatArray());
                    assertArrayEquals(wanted, actual.images().images());
                }
            }
        }
    }

    @Test
    void whatIsDrawnForAChunkIsDrawnOnceAndByTheLoaderWhereItLooksAhead() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger draws = new AtomicInteger();
        try (TrainingFeed feed = feed(new Images(true))) {
            AheadDraws<List<Long>> drawn = feed.drawing((epoch, samples) -> {
                threads.add(Thread.currentThread().getName());
                draws.incrementAndGet();
                return List.of(epoch, (long) Arrays.hashCode(samples));
            });
            int chunks = 0;
            for (long step = 0; step < 10; step++) {
                for (TrainingFeed.Chunk chunk : feed.chunksOf(step)) {
                    List<Long> wanted = List.of(chunk.epoch(), (long) Arrays.hashCode(chunk.samples()));
                    assertEquals(wanted, drawn.of(chunk));
                    chunks++;
                    if (chunks == 1) {
                        threads.clear(); // the first was nobody's to foresee
                    }
                }
            }
            assertEquals(Set.of("batch-loader"), threads);
            assertTrue(draws.get() <= chunks + 1, draws + " draws for " + chunks + " chunks");
        }
    }

    @Test
    void theNextStepIsDecodedWhileTheEngineComputesOnThisOne() throws InterruptedException {
        Images images = new Images(true);
        try (TrainingFeed feed = feed(images)) {
            feed.chunksOf(0).forEach(chunk -> {});
            int[] next = Arrays.copyOf(feed.order().samplesOf(1), CHUNK);
            CountDownLatch patience = new CountDownLatch(1);
            for (int waits = 0; waits < 500 && !holds(images.asked(), next); waits++) {
                patience.await(10, TimeUnit.MILLISECONDS);
            }
            assertTrue(holds(images.asked(), next));
        }
    }

    private static boolean holds(Set<Integer> asked, int[] samples) {
        return Arrays.stream(samples).allMatch(asked::contains);
    }

    @Test
    void picturesInMemoryAreLoadedByTheCallerAlone() {
        Images images = new Images(false);
        try (TrainingFeed feed = feed(images)) {
            feed.chunksOf(0).iterator().next();
            assertEquals(CHUNK, images.asked().size());
        }
    }
}
