package io.maeharness.core.masking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskSamplingTest {
    private static final StageRandom RANDOM = new StageRandom(3);

    @ParameterizedTest
    @CsvSource({"random,8,0.75", "random,7,0.9", "block,8,0.5", "block,14,0.75", "grid,8,0.75", "block,4,0.75"})
    void aMaskPartitionsThePatches(String key, int grid, double ratio) {
        int patches = grid * grid;
        for (int sample = 0; sample < 50; sample++) {
            long[] shuffle = shuffle(key, grid, ratio, sample);
            long[] sorted = shuffle.clone();
            Arrays.sort(sorted);
            assertArrayEquals(LongStream.range(0, patches).toArray(), sorted);
        }
    }

    @Test
    void randomSamplingRemovesEachPatchEquallyOften() {
        int[] removed = removedCounts("random", 0.75, 4_000);
        for (int count : removed) {
            assertEquals(0.75, count / 4_000.0, 0.03);
        }
    }

    @Test
    void gridSamplingKeepsTheUpperLeftOfEachCell() {
        long[] kept = Arrays.copyOf(shuffle("grid", 4, 0.75, 0), 4);
        Arrays.sort(kept);
        assertArrayEquals(new long[] {0, 2, 8, 10}, kept);
    }

    @Test
    void blockSamplingRemovesNeighboursMoreOftenThanRandomSampling() {
        assertTrue(neighbouringPairs("block") > 1.15 * neighbouringPairs("random"));
    }

    @Test
    void blockSamplingRarelyNeedsToTopUp() {
        int toppedUp = 0;
        for (int sample = 0; sample < 500; sample++) {
            toppedUp += new MaskSampling.Block().sample(14, 49, RANDOM.at(Purpose.MASK, 0, sample), new long[196], 0);
        }
        assertTrue(toppedUp < 0.1 * 500 * 147, "topped up " + toppedUp);
    }

    @Test
    void anOddGridIsRefusedByGridSampling() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> shuffle("grid", 7, 0.75, 0));
        assertTrue(e.getMessage().contains("even number"), e.getMessage());
    }

    @Test
    void theSameSampleAndEpochGiveTheSameMask() {
        int[] samples = {5, 9};
        long[] one = MaskBatch.draw(new MaskSampling.Random(), 8, new MaskRatio(0.75), RANDOM, 2, samples)
                .shuffle();
        long[] two = MaskBatch.draw(new MaskSampling.Random(), 8, new MaskRatio(0.75), RANDOM, 2, new int[] {9, 5})
                .shuffle();
        assertArrayEquals(Arrays.copyOf(one, 64), Arrays.copyOfRange(two, 64, 128));
    }

    private static long[] shuffle(String key, int grid, double ratio, int sample) {
        long[] shuffle = new long[grid * grid];
        MaskSampling.of(key)
                .sample(
                        grid,
                        new MaskRatio(ratio).lenKeep(grid * grid),
                        RANDOM.at(Purpose.MASK, 0, sample),
                        shuffle,
                        0);
        return shuffle;
    }

    private static int[] removedCounts(String key, double ratio, int samples) {
        int[] counts = new int[64];
        int keep = new MaskRatio(ratio).lenKeep(64);
        for (int sample = 0; sample < samples; sample++) {
            long[] shuffle = shuffle(key, 8, ratio, sample);
            IntStream.range(keep, 64).forEach(i -> counts[(int) shuffle[i]]++);
        }
        return counts;
    }

    private static long neighbouringPairs(String key) {
        long pairs = 0;
        for (int sample = 0; sample < 300; sample++) {
            boolean[] removed = new boolean[64];
            long[] shuffle = shuffle(key, 8, 0.5, sample);
            IntStream.range(32, 64).forEach(i -> removed[(int) shuffle[i]] = true);
            pairs += IntStream.range(0, 63)
                    .filter(i -> i % 8 < 7 && removed[i] && removed[i + 1])
                    .count();
        }
        return pairs;
    }
}
