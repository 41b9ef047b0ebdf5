package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Critical values of Dunnett 1955 and 1964, at 5 %, and his blood counts. */
final class DunnettTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @ParameterizedTest
    @CsvSource({
        "5, 2.0150, 2.4404, 2.6814, 2.9756, 3.3561",
        "10, 1.8125, 2.1506, 2.3376, 2.5623, 2.8492",
        "20, 1.7247, 2.0273, 2.1923, 2.3888, 2.6373",
        "Infinity, 1.6449, 1.9163, 2.0621, 2.2338, 2.4484"
    })
    void hasTheOneSidedCriticalValues(double freedom, double one, double two, double three, double five, double ten) {
        assertCritical(Dunnett.Sides.ONE, freedom, one, two, three, five, ten);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 2.5706, 3.0302, 3.2932, 3.6151, 4.0319",
        "10, 2.2281, 2.5683, 2.7590, 2.9903, 3.2883",
        "12, 2.1788, 2.5024, 2.6829, 2.9013, 3.1820",
        "16, 2.1199, 2.4238, 2.5923, 2.7954, 3.0555",
        "20, 2.0860, 2.3787, 2.5403, 2.7347, 2.9829",
        "Infinity, 1.9600, 2.2121, 2.3490, 2.5115, 2.7163"
    })
    void hasTheTwoSidedCriticalValues(double freedom, double one, double two, double three, double five, double ten) {
        assertCritical(Dunnett.Sides.TWO, freedom, one, two, three, five, ten);
    }

    private static void assertCritical(Dunnett.Sides sides, double freedom, double... expected) {
        int[] rows = {1, 2, 3, 5, 10};
        for (int i = 0; i < rows.length; i++) {
            assertEquals(expected[i], Dunnett.ofEqual(rows[i], 0.5, freedom).critical(0.05, sides), 6e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 10, 2.76, 0.95008275", "5, 5, 3.62, 0.95024607", "5, 2, 8, 0.96291126", "9, 200, 2.5, 0.91457442"})
    void integratesToSevenDigits(int rows, double freedom, double bound, double probability) {
        assertEquals(probability, Dunnett.ofEqual(rows, 0.5, freedom).probability(bound, Dunnett.Sides.TWO), 1e-7);
    }

    @Test
    void comparesBloodCountsOfUnequalGroups() {
        Dunnett dunnett = Dunnett.of(new double[] {Math.sqrt(4.0 / 10), Math.sqrt(5.0 / 11)}, 12);

        assertEquals(0.620102, dunnett.adjusted(0.8570321, Dunnett.Sides.TWO), 1e-6);
        assertEquals(0.005825, dunnett.adjusted(3.6937523, Dunnett.Sides.TWO), 1e-6);
        assertEquals(0.324978, dunnett.adjusted(0.8570321, Dunnett.Sides.ONE), 1e-6);
        assertEquals(0.002914, dunnett.adjusted(3.6937523, Dunnett.Sides.ONE), 1e-6);
        assertEquals(2.513483, dunnett.critical(0.05, Dunnett.Sides.TWO), 1e-6);
    }

    @Test
    void infiniteDegreesOfFreedomAreTheNormalLimit() {
        assertEquals(
                Dunnett.ofEqual(4, 0.5, INFINITE).critical(0.05, Dunnett.Sides.TWO),
                Dunnett.ofEqual(4, 0.5, 1e6).critical(0.05, Dunnett.Sides.TWO),
                1e-4);
    }

    @Test
    void noRowOfEqualOnesIsOftenCalledDifferent() {
        Random random = new Random(13);
        double critical = Dunnett.ofEqual(4, 0.5, 8).critical(0.05, Dunnett.Sides.TWO);
        int runs = 8000;
        int errors = 0;
        for (int run = 0; run < runs; run++) {
            TwoWayLayout layout = TwoWayLayout.of(Simulation.table(random, 5, 3, 0.5));
            double error = Math.sqrt(layout.variance().orElseThrow().value() * 2 / 3);
            double largest = 0;
            for (int i = 1; i < 5; i++) {
                largest = Math.max(largest, Math.abs(layout.effect(i)));
            }
            errors += largest > critical * error ? 1 : 0;
        }
        assertTrue(errors <= 0.055 * runs);
    }

    @Test
    void refusesCorrelationsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> Dunnett.ofEqual(3, 1, 10));
        assertThrows(IllegalArgumentException.class, () -> Dunnett.ofEqual(0, 0.5, 10));
    }
}
