package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TestSplitErrorTest {
    private static final int IMAGES = 400;
    private static final int SEEDS = 5;
    private static final double[] DIFFERENCE = {1, -1};

    /** Two models that disagree on 15 % of 2,000 images: sqrt(0.15 / 2000), 0.87 points. */
    @Test
    void twoModelsErrByTheImagesOnWhichTheyDisagree() {
        BitSet first = new BitSet();
        first.set(0, 150);
        BitSet second = new BitSet();
        second.set(150, 300);

        TestSplitError error = TestSplitError.of(2000, DIFFERENCE, List.of(List.of(first), List.of(second)));

        assertEquals(0, error.value(), 1e-12);
        assertEquals(0.866, error.standardError(), 1e-3);
    }

    @Test
    void equalAnswersErrByNothing() {
        BitSet both = new BitSet();
        both.set(3, 70);

        TestSplitError error = TestSplitError.of(100, DIFFERENCE, List.of(List.of(both), List.of(both)));

        assertEquals(0, error.standardError());
        Contrast overSeeds = new Contrast(1, 0.5, 8);
        assertEquals(overSeeds, error.onNewImages(overSeeds));
    }

    @Test
    void aSingleAccuracyErrsBinomially() {
        assertEquals(0.40, TestSplitError.ofAccuracy(80, 10_000), 1e-12);
    }

    /** Flips of E[p (1 - p)] = 0.08 come to 0.63 points at 2,000 images and 0.28 at 10,000. */
    @Test
    void flipsShrinkWithTheSplit() {
        assertEquals(0.63, flips(2000), 0.02);
        assertEquals(0.28, flips(10_000), 0.01);
    }

    private static double flips(int images) {
        Random random = new Random(2);
        double hit = 0.5 + Math.sqrt(0.25 - 0.08);
        return TestSplitError.ofFlips(
                images,
                IntStream.range(0, 20)
                        .mapToObj(s -> drawn(random, images, x -> hit))
                        .toList());
    }

    /** Two cases that are equal over all images, of which a split shows 400: seeds know nothing of the others. */
    @Test
    void bothErrorsTogetherCoverNewImages() {
        Random random = new Random(41);
        int runs = 1500;
        int bySeeds = 0;
        int byBoth = 0;
        for (int run = 0; run < runs; run++) {
            List<List<BitSet>> correct = split(random);
            Contrast overSeeds = Sample.of(IntStream.range(0, SEEDS)
                            .mapToDouble(s -> accuracy(correct, 0, s) - accuracy(correct, 1, s))
                            .toArray())
                    .contrast();
            Contrast both = TestSplitError.of(IMAGES, DIFFERENCE, correct).onNewImages(overSeeds);
            bySeeds += overSeeds.interval(0.95).contains(0) ? 1 : 0;
            byBoth += both.interval(0.95).contains(0) ? 1 : 0;
        }
        assertTrue(byBoth >= 0.94 * runs, "both: " + byBoth);
        assertTrue(bySeeds <= 0.80 * runs, "seeds alone: " + bySeeds);
    }

    @Test
    void refusesWhatIsNoSplit() {
        BitSet beyond = new BitSet();
        beyond.set(10);
        List<List<BitSet>> runs = List.of(List.of(beyond), List.of(beyond));

        assertThrows(IllegalArgumentException.class, () -> TestSplitError.of(10, DIFFERENCE, runs));
        assertThrows(IllegalArgumentException.class, () -> TestSplitError.of(11, new double[] {1}, runs));
        assertThrows(IllegalArgumentException.class, () -> TestSplitError.ofFlips(11, List.of(beyond)));
        assertThrows(IllegalArgumentException.class, () -> TestSplitError.ofAccuracy(101, 10));
    }

    private static double accuracy(List<List<BitSet>> correct, int caseIndex, int seed) {
        return 100.0 * correct.get(caseIndex).get(seed).cardinality() / IMAGES;
    }

    /** Images that a case nearly always or hardly ever gets right, beside a difficulty that both cases share. */
    private static List<List<BitSet>> split(Random random) {
        double[] difficulty = random.doubles(IMAGES, -0.1, 0.1).toArray();
        return IntStream.range(0, DIFFERENCE.length)
                .mapToObj(i -> {
                    double[] interaction = random.ints(IMAGES, 0, 2)
                            .mapToDouble(side -> 0.8 * side - 0.4)
                            .toArray();
                    return IntStream.range(0, SEEDS)
                            .mapToObj(s -> drawn(random, IMAGES, x -> 0.5 + difficulty[x] + interaction[x]))
                            .toList();
                })
                .toList();
    }

    private static BitSet drawn(Random random, int images, IntToDoubleFunction hit) {
        BitSet correct = new BitSet();
        IntStream.range(0, images)
                .filter(x -> random.nextDouble() < hit.applyAsDouble(x))
                .forEach(correct::set);
        return correct;
    }
}
