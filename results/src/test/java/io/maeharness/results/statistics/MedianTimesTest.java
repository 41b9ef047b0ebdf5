package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MedianTimesTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void rangesTellHowMuchMediansVary(int processes) {
        Random random = new Random(29);
        int rows = 40_000;
        double[] medians = new double[rows];
        double[] ranges = new double[rows];
        for (int row = 0; row < rows; row++) {
            double[] times = random.doubles(processes)
                    .map(ignored -> Math.exp(0.02 * random.nextGaussian()))
                    .sorted()
                    .toArray();
            medians[row] = (times[(processes - 1) / 2] + times[processes / 2]) / 2;
            ranges[row] = times[processes - 1] - times[0];
        }
        double found =
                Sample.of(Arrays.stream(medians).map(Math::log).toArray()).variance();

        ResidualVariance noise = MedianTimes.of(processes, medians, ranges);
        assertEquals(1, noise.value() / found, 0.03);
        assertEquals((processes - 1.0) * rows, noise.degreesOfFreedom());
    }

    @Test
    void aSpeedUpIsTheDifferenceOfTwoLogarithms() {
        ResidualVariance noise =
                MedianTimes.of(3, new double[] {42.4, 15.4}, new double[] {42.4 * 0.01693, 15.4 * 0.01693});
        Contrast speedUp = MedianTimes.contrast(Math.log(42.4 / 15.4), new double[] {1, -1}, noise);

        assertEquals(0.01 * Math.sqrt(2 * 0.4487), speedUp.standardError(), 1e-9);
        assertEquals(4, speedUp.degreesOfFreedom());
        assertEquals(0, speedUp.pAbove(Math.log(2)), 1e-3);
    }

    @Test
    void oneProcessSaysNothingAboutNoise() {
        assertThrows(IllegalArgumentException.class, () -> MedianTimes.of(1, new double[] {1}, new double[] {0}));
    }
}
