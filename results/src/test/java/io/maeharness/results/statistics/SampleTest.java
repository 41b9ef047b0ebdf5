package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Student's sleep data and the example of TOST of Lakens 2017. */
final class SampleTest {
    private static final double[] FIRST = {.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2};
    private static final double[] SECOND = {1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    @Test
    void comparesUnpairedSleepAfterWelch() {
        Contrast welch = Sample.of(FIRST).minus(Sample.of(SECOND));

        assertEquals(-1.860813, welch.statistic(0), 1e-6);
        assertEquals(17.776474, welch.degreesOfFreedom(), 1e-6);
        assertEquals(0.079394, welch.pDifferent(0), 1e-6);
    }

    @Test
    void comparesPairedSleepByItsDifferences() {
        Contrast paired = Sample.of(IntStream.range(0, FIRST.length)
                        .mapToDouble(i -> FIRST[i] - SECOND[i])
                        .toArray())
                .contrast();

        assertEquals(-4.062128, paired.statistic(0), 1e-6);
        assertEquals(9, paired.degreesOfFreedom());
        assertEquals(0.002833, paired.pDifferent(0), 1e-6);
    }

    @Test
    void comparesSamplesOfUnequalVariance() {
        Contrast welch = new Sample(95, 5.25, 0.95 * 0.95).minus(new Sample(89, 5.22, 0.83 * 0.83));

        assertEquals(0.131303, welch.standardError(), 1e-6);
        assertEquals(181.1344, welch.degreesOfFreedom(), 1e-4);
        assertEquals(0.000956, welch.pAbove(-0.383569), 1e-6);
        assertEquals(0.003876, welch.pBelow(0.383569), 1e-6);
        assertEquals(-0.187084, welch.interval(0.90).low(), 1e-5);
        assertEquals(0.247084, welch.interval(0.90).high(), 1e-5);
    }

    @Test
    void asksOnWhichSideOfABoundTheTruthLies() {
        Contrast contrast = TwoWayLayout.of(WorkedLayouts.PENICILLIN)
                .contrast(new double[] {-1, 0, 0, 1})
                .orElseThrow();

        assertEquals(0.085342, contrast.pBelow(6), 1e-6);
        assertEquals(0.024679, contrast.pBelow(8), 1e-6);
        assertEquals(-2.891830, contrast.interval(0.90).low(), 1e-6);
        assertEquals(6.891830, contrast.interval(0.90).high(), 1e-6);
    }

    @Test
    void oneValueHasNoError() {
        Sample one = Sample.of(80);

        assertThrows(IllegalArgumentException.class, one::contrast);
        assertEquals(2, Sample.of(80, 82, 84).minusPooled(one).value(), 1e-12);
        assertEquals(1, Sample.of(80, 82, 84).minusPooled(one).degreesOfFreedom() - 1);
    }
}
