package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class AccuracyTest {
    @Test
    void theBitsComeInTheOrderOfTheSamplesFromTheLowestOn() {
        Accuracy accuracy = new Accuracy();
        float[] first = {1, 0};
        for (int label : new int[] {0, 1, 0, 0, 1, 1, 1, 1, 1, 0}) {
            accuracy.add(first, new int[] {label}, 1, 2);
        }
        assertEquals(40, accuracy.top1());
        assertArrayEquals(
                new byte[] {0b0000_1101, 0b0000_0010}, Base64.getDecoder().decode(accuracy.correct()));
    }

    @Test
    void samplesThatAreAllWrongHaveBitsToo() {
        Accuracy accuracy = new Accuracy();
        accuracy.add(new float[] {1, 0, 1, 0}, new int[] {1, 1}, 2, 2);
        assertArrayEquals(new byte[1], Base64.getDecoder().decode(accuracy.correct()));
    }
}
