package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyTest {
    @Test
    void theBitsComeInTheOrderOfTheSamplesFromTheLowestOn() {
        Accuracy accuracy = new Accuracy("the model m", "the images");
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
        Accuracy accuracy = new Accuracy("the model m", "the images");
        accuracy.add(new float[] {1, 0, 1, 0}, new int[] {1, 1}, 2, 2);
        assertArrayEquals(new byte[1], Base64.getDecoder().decode(accuracy.correct()));
    }

    @Test
    void ofNothingThereIsNoAccuracy() {
        Accuracy nothing = new Accuracy("the model m", "the images i");
        for (Executable asked : List.<Executable>of(nothing::top1, nothing::top5, () -> nothing.metrics(0))) {
            HarnessException e = assertThrows(HarnessException.class, asked);
            assertTrue(
                    e.getMessage().startsWith("there is no accuracy of the model m on the images i"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aScoreThatIsNoFiniteNumberIsRefusedWithItsImageAndItsModel(float score) {
        Accuracy accuracy = new Accuracy("the model m", "the images");
        accuracy.add(new float[] {1, 0, 1, 0}, new int[] {1, 1}, 2, 2);
        HarnessException e = assertThrows(
                HarnessException.class, () -> accuracy.add(new float[] {0, 1, 2, score}, new int[] {0, 0}, 2, 2));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(
                e.getMessage().startsWith("the model m answers " + score + " for class 1 on image 3 of the images "),
                e.getMessage());
    }
}
