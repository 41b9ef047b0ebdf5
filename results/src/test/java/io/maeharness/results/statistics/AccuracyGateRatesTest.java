package io.maeharness.results.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often the gate raises an alarm: 30 cells, 5 reference seeds and 3 new ones, shared draws. */
final class AccuracyGateRatesTest {
    private static final int CELLS = 30;
    private static final int REFERENCE = 5;
    private static final int CANDIDATE = 3;
    /** A quarter of the variance is of blocks, as measured. */
    private static final double BLOCK_DEVIATION = Math.sqrt(1.0 / 3);
    /** Any change matters, so that the rates are those of the tests alone. */
    private static final GateRule ANY_CHANGE = new GateRule(0.03, 0.02, 0, 0);

    @Test
    void cleanRunsRaiseNoMoreThanTheStatedFalseAlarms() {
        assertTrue(rate(3000, new Change(0, 0, 0), true, 1, 0) <= 0.055);
        assertTrue(rate(2000, new Change(0, 0, 0), false, 1, 0) <= 0.055);
    }

    @Test
    void metricsThatShareEncodersRaiseNoMoreFalseAlarms() {
        assertTrue(rate(3000, new Change(0, 0, 0), true, 2, 0.8) <= 0.055);
    }

    /** Two series of eight cells, each tuned from one pre-training. */
    @Test
    void cellsOfOneTrainingRaiseNoMoreFalseAlarms() {
        Random random = new Random(37);
        AccuracyGate gate = new AccuracyGate(ANY_CHANGE, true);
        List<Integer> trainings =
                IntStream.range(0, CELLS).map(i -> i < 16 ? i / 8 : i).boxed().toList();
        int runs = 3000;
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            double[][] before = Simulation.table(random, CELLS, REFERENCE, 0);
            double[][] after = Simulation.table(random, CELLS, CANDIDATE, 0);
            shareTraining(random, before);
            shareTraining(random, after);
            addBlocks(random, before, after, true);
            GateMetric metric = GateMetric.of("ft", before, after).withTrainings(trainings);
            alarms += gate.compare(List.of(metric)).isRegression() ? 1 : 0;
        }
        assertTrue(alarms <= 0.055 * runs);
    }

    private static void shareTraining(Random random, double[][] values) {
        for (int s = 0; s < values[0].length; s++) {
            double[] training = {random.nextGaussian(), random.nextGaussian()};
            for (int i = 0; i < 16; i++) {
                values[i][s] = Math.sqrt(0.5) * (values[i][s] + training[i / 8]);
            }
        }
    }

    @Test
    void seesThreeDeviationsInOneCell() {
        assertTrue(rate(1500, new Change(3, 0, 0), true, 1, 0) >= 0.80);
    }

    @Test
    void seesOneDeviationInAllCells() {
        assertTrue(rate(1000, new Change(0, 1, 0), true, 1, 0) >= 0.95);
    }

    @Test
    void changedRoundingRaisesHardlyAnyAlarm() {
        assertTrue(rate(2000, new Change(0, 0, 0.7), true, 1, 0) < 0.01);
    }

    /**
     * What changed, in residual deviations.
     *
     * @param inOne drop of one cell
     * @param inAll drop of all cells
     * @param correlation of the errors of a seed before and after
     */
    private record Change(double inOne, double inAll, double correlation) {}

    private static double rate(int runs, Change change, boolean sameDraws, int metrics, double shared) {
        Random random = new Random(11);
        AccuracyGate gate = new AccuracyGate(ANY_CHANGE, sameDraws);
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            alarms += gate.compare(metrics(random, change, sameDraws, metrics, shared))
                            .isRegression()
                    ? 1
                    : 0;
        }
        return (double) alarms / runs;
    }

    private static List<GateMetric> metrics(Random random, Change change, boolean sameDraws, int count, double shared) {
        double[][] commonBefore = Simulation.table(random, CELLS, REFERENCE, 0);
        double[][] commonAfter = Simulation.table(random, CELLS, CANDIDATE, 0);
        List<GateMetric> metrics = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            double[][] before = Simulation.table(random, CELLS, REFERENCE, 0);
            double[][] after = Simulation.table(random, CELLS, CANDIDATE, 0);
            mix(before, commonBefore, shared);
            mix(after, commonAfter, shared);
            mix(after, before, change.correlation());
            addBlocks(random, before, after, sameDraws);
            drop(after, change);
            metrics.add(GateMetric.of("metric " + m, before, after));
        }
        return metrics;
    }

    private static void mix(double[][] values, double[][] with, double correlation) {
        for (int i = 0; i < values.length; i++) {
            for (int s = 0; s < values[i].length; s++) {
                values[i][s] = correlation * with[i][s] + Math.sqrt(1 - correlation * correlation) * values[i][s];
            }
        }
    }

    private static void addBlocks(Random random, double[][] before, double[][] after, boolean sameDraws) {
        for (int s = 0; s < REFERENCE; s++) {
            double block = BLOCK_DEVIATION * random.nextGaussian();
            double other = sameDraws ? block : BLOCK_DEVIATION * random.nextGaussian();
            for (int i = 0; i < CELLS; i++) {
                before[i][s] += block;
                if (s < CANDIDATE) {
                    after[i][s] += other;
                }
            }
        }
    }

    private static void drop(double[][] after, Change change) {
        for (int i = 0; i < CELLS; i++) {
            for (int s = 0; s < CANDIDATE; s++) {
                after[i][s] -= change.inAll() + (i == 4 ? change.inOne() : 0);
            }
        }
    }
}
