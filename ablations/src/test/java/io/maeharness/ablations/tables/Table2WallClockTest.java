package io.maeharness.ablations.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.bench.WallClockStage;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.results.MetricLayout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Table2WallClockTest {
    private final Table2WallClock table = new Table2WallClock();

    private static List<WallClockStage> stages(Plan plan) {
        return plan.stages().stream()
                .map(PlannedStage::stage)
                .map(WallClockStage.class::cast)
                .toList();
    }

    @Test
    void thePapersSixRowsComeFirstThenTheProfilesModelsWithoutAndWithTheUpdate() {
        assertEquals(
                List.of(
                        "vit-l-with-mask-token-depth-8",
                        "vit-l-depth-8",
                        "vit-l-depth-1",
                        "vit-h-with-mask-token-depth-8",
                        "vit-h-depth-8",
                        "vit-h-depth-1",
                        "own-with-mask-token-depth-8",
                        "own-depth-8",
                        "own-depth-1",
                        "own-step-with-mask-token-depth-8",
                        "own-step-depth-8",
                        "own-step-depth-1",
                        "own-h-with-mask-token-depth-8",
                        "own-h-depth-8",
                        "own-h-depth-1",
                        "own-h-step-with-mask-token-depth-8",
                        "own-h-step-depth-8",
                        "own-h-step-depth-1"),
                table.rows(TestProfile.settings()).stream().map(Row::key).toList());
    }

    @Test
    void aRowShowsHoursSpeedUpTimeSpreadAndWorkAndThePapersAccuracy() {
        assertEquals(
                List.of("hours", "speedup", "ms", "spread", "gflop", "flops", "ft"),
                table.table(TestProfile.settings()).layout().metrics().stream()
                        .map(MetricLayout::key)
                        .toList());
    }

    @Test
    void theThreeRowsOfAModelAreOneStage() {
        List<WallClockStage> stages = stages(TestProfile.plan("table2"));
        assertEquals(6, stages.size());
        assertEquals(
                List.of(1024, 1280, 192, 192, 120, 120),
                stages.stream().map(stage -> stage.model().encoderDim()).toList());
        assertEquals(
                List.of(false, false, false, true, false, true),
                stages.stream().map(WallClockStage::wholeStep).toList());
    }

    @Test
    void thePapersModelsAreTheSameStageInEveryProfileAndForEverySeed() {
        assertEquals(
                TestProfile.plan(1, "table2/vit-l-depth-1").hashes(),
                TestProfile.plan(3, "table2/vit-l-depth-1").hashes());
    }

    @Test
    void theProfilesModelKeepsItsMicroBatchAndDepths() {
        WallClockStage own = stages(TestProfile.plan("table2/own-depth-1")).get(0);
        assertEquals(256, own.batch());
        assertEquals(2, own.model().decoderDepth());
        assertEquals(1, own.shallowDepth());
        assertEquals(
                List.of("2", "2", ""),
                table.rows(TestProfile.settings()).stream()
                        .filter(row -> row.key().startsWith("own-step"))
                        .map(row -> row.layout().ours())
                        .toList());
    }

    @Test
    void workIsKnownBeforeAnythingIsMeasured() {
        PlannedCell.Computed work = TestProfile.plan("table2/vit-l-with-mask-token-depth-8").cells().stream()
                .filter(cell -> cell.key().metric().equals("gflop"))
                .map(PlannedCell.Computed.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(401.4, work.number(), 0.1);
    }

    @Test
    void thePapersAccuracyIsShownAndOursIsSkippedWithTheReason() {
        PlannedCell.Skipped ft = TestProfile.plan("table2/vit-l-depth-8").cells().stream()
                .filter(cell -> cell.key().metric().equals("ft"))
                .map(PlannedCell.Skipped.class::cast)
                .findFirst()
                .orElseThrow();
        assertTrue(ft.reason().startsWith("not measured here"), ft.reason());
    }

    @Test
    void theSmokeProfileLeavesThePapersModelsOut() {
        List<Optional<String>> reasons = table.rows(ProfileLoader.load("smoke")).stream()
                .map(Row::skippedReason)
                .toList();
        assertTrue(reasons.subList(0, 6).stream().allMatch(Optional::isPresent));
        assertTrue(reasons.subList(6, 18).stream().allMatch(Optional::isEmpty));
    }
}
