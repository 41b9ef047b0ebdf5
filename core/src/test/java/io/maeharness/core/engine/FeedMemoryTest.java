package io.maeharness.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the processor, whose memory is not pinned: everything else is what a GPU does. */
class FeedMemoryTest {
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void whatIsWrittenIntoABlockArrivesAndStaysWhenTheBlockIsReleased() {
        try (FeedMemory memory = new FeedMemory(manager)) {
            FeedMemory.Block floats = memory.allocate(FeedMemory.Kind.FLOATS, 6);
            floats.bytes().asFloatBuffer().put(0, new float[] {1, -2, 3.5f, 4, 5, Float.MIN_VALUE});
            NDArray copy = memory.put(manager, floats, new Shape(2, 3));
            floats.bytes().asFloatBuffer().put(0, new float[6]);
            floats.close();
            assertEquals(new Shape(2, 3), copy.getShape());
            assertArrayEquals(new float[] {1, -2, 3.5f, 4, 5, Float.MIN_VALUE}, copy.toFloatArray());
        }
    }

    @Test
    void patchNumbersArriveAsTheyAre() {
        try (FeedMemory memory = new FeedMemory(manager);
                FeedMemory.Block longs = memory.allocate(FeedMemory.Kind.LONGS, 3)) {
            longs.bytes().asLongBuffer().put(0, new long[] {Long.MIN_VALUE, 0, 195});
            NDArray copy = memory.put(manager, longs, new Shape(3));
            assertArrayEquals(new long[] {Long.MIN_VALUE, 0, 195}, copy.toLongArray());
        }
    }

    /** Of two channels and three images, all of them at once, two and one, and one by one. */
    @Test
    void levelsAreWhatTheTableSaysHoweverManyAreLookedUpAtATime() {
        float[] table = new float[512];
        IntStream.range(0, table.length).forEach(i -> table[i] = (float) (Math.sin(i) * 1e-3));
        byte[] levels = new byte[3 * 2 * 16 * 16];
        IntStream.range(0, levels.length).forEach(i -> levels[i] = (byte) (i * 37 + i / 256));
        float[] expected = new float[levels.length];
        IntStream.range(0, levels.length).forEach(i -> expected[i] = table[(i / 256 % 2) * 256 + (levels[i] & 0xFF)]);
        for (int atOnce : new int[] {1 << 22, 1024, 1}) {
            try (FeedMemory memory = new FeedMemory(manager, atOnce);
                    FeedMemory.LevelTable onDevice = new FeedMemory.LevelTable(manager, table);
                    FeedMemory.Block block = memory.allocate(FeedMemory.Kind.LEVELS, levels.length)) {
                block.bytes().put(0, levels);
                NDArray images = memory.standardised(manager, block, onDevice, new Shape(3, 2, 16, 16));
                assertArrayEquals(expected, images.toFloatArray());
            }
        }
    }

    @Test
    void everyCopyIsCountedWithItsBytes() {
        try (FeedMemory memory = new FeedMemory(manager);
                FeedMemory.Block block = memory.allocate(FeedMemory.Kind.FLOATS, 3)) {
            long uploads = Crossings.uploads();
            long bytes = Crossings.uploadedBytes();
            memory.put(manager, block, new Shape(3)).close();
            assertEquals(1, Crossings.uploads() - uploads);
            assertEquals(12, Crossings.uploadedBytes() - bytes);
        }
    }

    @Test
    void nothingIsLeftOfABlockThatIsReleased() {
        try (FeedMemory memory = new FeedMemory(manager)) {
            copyOne(memory); // keeps its shape, which is that of every step
            int before = manager.getManagedArrays().size();
            for (int batch = 0; batch < 3; batch++) {
                copyOne(memory);
            }
            assertEquals(before, manager.getManagedArrays().size());
        }
    }

    private void copyOne(FeedMemory memory) {
        try (FeedMemory.Block block = memory.allocate(FeedMemory.Kind.FLOATS, 1)) {
            memory.put(manager, block, new Shape(1)).close();
        }
    }
}
