package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.PlannedStage;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunningStagesTest {
    private static final long TOTAL = 1000;

    private final List<PlannedStage> stages =
            TestProfile.plan("table1c/encoder-without-mask-token").stages();
    private final PlannedStage pretrain = stages.get(0);
    private final Estimate estimate = new Estimate(OptionalDouble.empty());
    private double seconds;
    private final RunningStages running = new RunningStages(estimate, () -> Math.round(seconds * 1e9));

    private void steps(long first, int count, double secondsEach) {
        for (long step = first; step < first + count; step++) {
            seconds += secondsEach;
            running.stepped(pretrain, step);
        }
    }

    @Test
    void aFewStepsMakeAnEstimateOfTheWholeRun() {
        running.started(pretrain, 0, TOTAL);
        steps(1, 6, 0.1);
        assertFalse(estimate.hasMeasured());
        steps(7, 1, 0.1);
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
        assertTrue(estimate.remaining(stages, running.doneShare(), 2).isPresent());
    }

    @Test
    void theFirstStepsWhichCompileAreNotCounted() {
        running.started(pretrain, 0, TOTAL);
        steps(1, 3, 1);
        steps(4, 4, 0.1);
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
    }

    @Test
    void whereStepsAreLongOneIsEnough() {
        running.started(pretrain, 0, TOTAL);
        steps(1, 1, 10);
        assertEquals(10_000, estimate.seconds(pretrain).orElseThrow(), 1e-6);
    }

    @Test
    void theEstimateFollowsTheSteps() {
        running.started(pretrain, 0, TOTAL);
        steps(1, 7, 0.1);
        steps(8, 893, 0.2);
        assertEquals(200, estimate.seconds(pretrain).orElseThrow(), 1);
        assertEquals(0.9, running.doneShare().get(pretrain.hash()), 1e-9);
    }

    @Test
    void aStageThatGoesOnFromACheckpointIsTimedFromThere() {
        running.started(pretrain, 500, TOTAL);
        assertEquals(0.5, running.doneShare().get(pretrain.hash()), 1e-9);
        steps(501, 7, 0.1);
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
    }

    @Test
    void aStageWithoutLossesTellsItsProgressByStartingAgain() {
        for (int step = 0; step <= 7; step++) {
            running.started(pretrain, step, TOTAL);
            seconds += 0.1;
        }
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
    }

    @Test
    void theTimeBetweenAnInterruptionAndTheNextStartIsNotCounted() {
        running.started(pretrain, 0, TOTAL);
        steps(1, 7, 0.1);
        seconds += 1000;
        running.taken(pretrain);
        running.started(pretrain, 7, TOTAL);
        steps(8, 7, 0.1);
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
    }
}
