package io.maeharness.ablations.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.stage.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GpuForecastTest {
    /** Stages whose work is more than what a method is compared by: MoCo v3 runs its encoder twice. */
    private static final Set<String> COUNT_MORE = Set.of("moco-v3");

    private static final Accelerator H100 = Accelerators.known().named("h100");

    private static GpuForecast forecast(Plan plan, int count) {
        return GpuForecast.of(plan, plan.stages(), new GpuMachine(H100, count, 14, 1));
    }

    @Test
    void theArithmeticOfEveryStageIsThatOfItsPlan() {
        for (PlannedStage stage : TestProfile.plan("all").stages()) {
            double counted = stage.workload(64).stream()
                    .mapToDouble(part -> part.device().macs()
                            + part.device().macsInFp32()
                            + part.host().macs())
                    .sum();
            if (COUNT_MORE.contains(stage.stage().kind())) {
                assertTrue(counted >= stage.macs(), stage.stage().kind());
            } else {
                assertEquals(
                        stage.macs(),
                        counted,
                        1e-9 * stage.macs(),
                        stage.stage().kind());
            }
        }
    }

    @Test
    void whatIsNotArithmeticIsCountedOfEveryStageThatReadsImages() {
        for (PlannedStage stage : TestProfile.plan("all").stages()) {
            if (stage.stage().leastSeconds().isEmpty()) {
                Workload first = stage.workload(64).get(0);
                assertTrue(first.host().pixels() > 0, stage.stage().toString());
                assertTrue(
                        first.device().launches() > 0 || first.device().macs() == 0,
                        stage.stage().toString());
            }
        }
    }

    @Test
    void sharedStagesCountInEachTableAndOnceInTheTotal() {
        Plan plan = TestProfile.plan("table1a", "table1b", "context");
        GpuForecast forecast = forecast(plan, 1);
        double added = forecast.tables().stream()
                .mapToDouble(GroupForecast::addedGpuHours)
                .sum();
        assertEquals(forecast.total().gpuHours(), added, 1e-9 * added);
        assertTrue(
                forecast.tables().stream().mapToDouble(GroupForecast::gpuHours).sum() > added);
        assertTrue(forecast.tables().get(1).shared() > 0);
        assertEquals(plan.stages().size(), forecast.total().stages().size());
    }

    @Test
    void oneCardTakesAsLongAsAllStagesAndManyAsLongAsTheLongestChain() {
        Plan plan = TestProfile.plan("table1a", "table3");
        GroupForecast one = forecast(plan, 1).total();
        assertEquals(one.gpuHours(), one.elapsedHours(), 1e-9 * one.gpuHours());
        Map<String, Double> ends = new HashMap<>();
        one.stages()
                .forEach(stage -> ends.put(
                        stage.stage().hash(),
                        stage.seconds() + stage.stage().parent().map(ends::get).orElse(0.0)));
        double longest =
                ends.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        assertEquals(longest / 3600, forecast(plan, 1_000_000).total().elapsedHours(), 1e-9);
        double four = forecast(plan, 4).total().elapsedHours();
        assertTrue(four >= Math.max(longest / 3600, one.gpuHours() / 4) && four < one.gpuHours() / 2, "" + four);
    }

    @Test
    void timedStagesRunAloneWhateverTheNumberOfCards() {
        Plan plan = TestProfile.plan("table2");
        GroupForecast eight = forecast(plan, 8).total();
        assertEquals(eight.gpuHours(), eight.elapsedHours(), 1e-9);
        assertEquals(1, eight.shares().get(Bound.GIVEN_TIME), 0.01);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Plan plan = TestProfile.plan("table1a");
        Accelerator tiny = new Accelerator("tiny", true, 10, 1, 100, 0.5, 10);
        assertEquals(List.of(), forecast(plan, 1).stages(GpuForecast.Fit.TOO_LARGE));
        GpuForecast forecast = GpuForecast.of(plan, plan.stages(), new GpuMachine(tiny, 1, 1, 1));
        assertEquals(
                plan.stages().size(), forecast.stages(GpuForecast.Fit.TOO_LARGE).size());
    }
}
