package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class HolmTest {
    @Test
    void adjustsAsPublishedExamplesDo() {
        assertArrayEquals(new double[] {.03, .06, .06, .02}, Holm.adjusted(new double[] {.01, .04, .03, .005}), 1e-12);
        assertArrayEquals(
                new double[] {.05, .08, .09, .09, .09}, Holm.adjusted(new double[] {.01, .02, .03, .04, .05}), 1e-12);
        assertArrayEquals(
                new double[] {.001, .0522, .1056, .2023, .2988, .4555, .8048, 1, 1, 1},
                Holm.adjusted(new double[] {.0001, .0058, .0132, .0289, .0498, .0911, .2012, .5718, .8912, .9011}),
                1e-12);
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThrows(IllegalArgumentException.class, () -> Holm.adjusted(new double[] {0.5, Double.NaN}));
    }
}
