package io.maeharness.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StageRandomTest {

    private final StageRandom random = new StageRandom(7);

    private long first(long seed, Purpose purpose, long epoch, long index) {
        return new StageRandom(seed).at(purpose, epoch, index).nextLong();
    }

    @Test
    void theSameKeyGivesTheSameDraws() {
        RandomGenerator one = random.at(Purpose.MASK, 3, 5);
        RandomGenerator other = new StageRandom(7).at(Purpose.MASK, 3, 5);
        for (int i = 0; i < 100; i++) {
            assertEquals(one.nextLong(), other.nextLong());
        }
    }

    @Test
    void everyPartOfTheKeyChangesTheDraws() {
        long reference = first(7, Purpose.MASK, 3, 5);
        assertNotEquals(reference, first(8, Purpose.MASK, 3, 5));
        assertNotEquals(reference, first(7, Purpose.ORDER, 3, 5));
        assertNotEquals(reference, first(7, Purpose.MASK, 4, 5));
        assertNotEquals(reference, first(7, Purpose.MASK, 3, 6));
        assertNotEquals(reference, first(7, Purpose.MASK, 5, 3));
    }

    @Test
    void drawsNeverChangeFromOneVersionToTheNext() {
        assertEquals(6380370424453803924L, first(7, Purpose.MASK, 3, 5));
        assertArrayEquals(new int[] {2, 3, 1, 0, 4, 5}, random.permutation(Purpose.ORDER, 0, 6));
    }

    @Test
    void neighbouringKeysShareNoDraws() {
        Set<Long> seen = new HashSet<>();
        for (int epoch = 0; epoch < 20; epoch++) {
            for (int index = 0; index < 500; index++) {
                RandomGenerator draws = random.at(Purpose.AUGMENTATION, epoch, index);
                assertTrue(seen.add(draws.nextLong()));
                assertTrue(seen.add(draws.nextLong()));
            }
        }
    }

    @Test
    void purposesHaveDistinctCodes() {
        assertEquals(
                Purpose.values().length,
                Arrays.stream(Purpose.values())
                        .mapToInt(Purpose::code)
                        .distinct()
                        .count());
    }

    @Test
    void aPermutationHoldsEachNumberOnce() {
        int[] order = random.permutation(Purpose.ORDER, 1, 1000);
        assertFalse(Arrays.equals(order, IntStream.range(0, 1000).toArray()));
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, 1000).toArray(), order);
    }

    @Test
    void epochsHaveDifferentOrders() {
        assertFalse(
                Arrays.equals(random.permutation(Purpose.ORDER, 0, 100), random.permutation(Purpose.ORDER, 1, 100)));
    }

    @Test
    void everyPositionIsReachedEquallyOften() {
        int[] counts = new int[5];
        for (int epoch = 0; epoch < 10_000; epoch++) {
            counts[random.permutation(Purpose.ORDER, epoch, 5)[0]]++;
        }
        for (int count : counts) {
            assertEquals(2000, count, 200); // five standard deviations of a binomial(10000, 0.2)
        }
    }

    @Test
    void uniformAndNormalDrawsHaveTheirMoments() {
        double sum = 0;
        double squares = 0;
        double uniform = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            RandomGenerator draws = random.at(Purpose.NOISE, 0, i);
            double normal = draws.nextGaussian();
            sum += normal;
            squares += normal * normal;
            uniform += draws.nextDouble();
        }
        assertEquals(0, sum / count, 0.016);
        assertEquals(1, squares / count, 0.023);
        assertEquals(0.5, uniform / count, 0.005);
    }

    @Test
    void boundedDrawsStayBelowTheBound() {
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 0);
        for (int i = 0; i < 1000; i++) {
            int value = draws.nextInt(3, 7);
            assertTrue(value >= 3 && value < 7);
        }
        assertThrows(IllegalArgumentException.class, () -> draws.nextInt(0));
    }
}
