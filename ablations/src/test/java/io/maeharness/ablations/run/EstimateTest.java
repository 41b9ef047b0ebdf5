package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.PlannedStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private final List<PlannedStage> stages =
            TestProfile.plan("table1c/encoder-without-mask-token").stages();
    private final PlannedStage pretrain = stages.get(0);
    private final PlannedStage finetune = stages.get(1);

    @Test
    void nothingIsKnownBeforeTheFirstStageWithoutACalibration() {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        assertTrue(estimate.seconds(pretrain).isEmpty());
        assertEquals(Optional.empty(), estimate.remaining(stages, Map.of(), 2));
    }

    @Test
    void aCalibrationCountsUntilAStageWasMeasured() {
        Estimate estimate = new Estimate(OptionalDouble.of(1e-9));
        assertEquals(pretrain.macs() * 1e-9, estimate.seconds(pretrain).orElseThrow(), 1e-6);
    }

    @Test
    void aStageTakesAsLongAsOneOfItsKind() {
        Estimate estimate = new Estimate(OptionalDouble.of(1e-9));
        estimate.learn(pretrain, 100);
        estimate.learn(finetune, 7);
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
        assertEquals(7, estimate.seconds(finetune).orElseThrow(), 1e-6);
    }

    @Test
    void anotherKindIsEstimatedFromItsWork() {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        estimate.learn(pretrain, 100);
        assertEquals(
                100 * finetune.macs() / pretrain.macs(),
                estimate.seconds(finetune).orElseThrow(),
                1e-6);
    }

    @Test
    void workIsSharedAmongWorkersButNoStageIsSplit() {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        estimate.learn(pretrain, 100);
        estimate.learn(finetune, 100);
        PlannedStage other = TestProfile.plan("table1c/encoder-with-mask-token").stages().stream()
                .filter(stage -> stage.stage().kind().equals("finetune"))
                .findFirst()
                .orElseThrow();
        List<PlannedStage> open = List.of(finetune, other);
        assertEquals(Optional.of(Duration.ofSeconds(200)), estimate.remaining(open, Map.of(), 1));
        assertEquals(Optional.of(Duration.ofSeconds(100)), estimate.remaining(open, Map.of(), 8));
    }

    @Test
    void aStageWaitsForTheOneItStartsFrom() {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        estimate.learn(pretrain, 100);
        estimate.learn(finetune, 7);
        assertEquals(
                Optional.of(Duration.ofSeconds(107)), estimate.remaining(List.of(pretrain, finetune), Map.of(), 8));
    }

    @Test
    void aStageInProgressIsEnoughForAnEstimateOfAll() {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        estimate.observe(pretrain, 0.01, 1);
        assertTrue(estimate.hasMeasured());
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
        assertTrue(estimate.remaining(stages, Map.of(pretrain.hash(), 0.01), 2).isPresent());
    }

    @Test
    void whatAStageInProgressTellsLaterReplacesWhatItToldBefore() {
        Estimate estimate = new Estimate(OptionalDouble.of(1));
        estimate.observe(pretrain, 0.01, 5);
        estimate.observe(pretrain, 0.5, 50);
        assertEquals(100, estimate.seconds(pretrain).orElseThrow(), 1e-6);
        estimate.learn(pretrain, 90);
        assertEquals(90, estimate.seconds(pretrain).orElseThrow(), 1e-6);
    }

    @Test
    void whatAStageInProgressHasDoneIsLeftOut() {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        estimate.learn(pretrain, 100);
        assertEquals(
                Optional.of(Duration.ofSeconds(25)),
                estimate.remaining(List.of(pretrain), Map.of(pretrain.hash(), 0.75), 1));
    }

    @Test
    void aStageThatMeasuresForAGivenTimeNeedsNoPaceAndIsNotShared() {
        List<PlannedStage> timed =
                TestProfile.plan("table2/own-depth-8", "table2/vit-l-depth-8").stages();
        Estimate estimate = new Estimate(OptionalDouble.empty());
        double both = 9 * (2 + 1.5 * 3) + 9 * (2 + 1.5 * 20);
        assertEquals(Optional.of(Duration.ofMillis(Math.round(1000 * both))), estimate.remaining(timed, Map.of(), 2));
        estimate.learn(timed.get(0), 1e6);
        assertTrue(estimate.seconds(pretrain).isEmpty(), "its time says nothing of other stages");
    }

    @Test
    void aRoundThatTakesLongerThanTheMeasuringTimeIsCounted() {
        PlannedStage large = TestProfile.plan("table2/vit-h-depth-8").stages().get(0);
        Estimate estimate = new Estimate(OptionalDouble.of(1e-9));
        assertEquals(large.macs() * 1e-9, estimate.seconds(large).orElseThrow(), 1e-6);
    }

    @Test
    void everyKindOfStageHasWork() {
        TestProfile.plan("all").stages().forEach(stage -> assertTrue(stage.macs() > 0, stage.toString()));
    }
}
