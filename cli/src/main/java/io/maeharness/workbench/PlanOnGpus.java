package io.maeharness.workbench;

import io.maeharness.ablations.forecast.GpuForecast;
import io.maeharness.ablations.forecast.GpuMachine;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.error.HarnessException;
import java.util.List;

/**
 * What a plan would take on GPUs that need not be here.
 *
 * @param session whose plan it is
 * @param forecast of its open stages
 * @param finished stages of the plan that are not computed again
 */
public record PlanOnGpus(Session session, GpuForecast forecast, int finished) {
    /**
     * Plans and foretells.
     *
     * @throws HarnessException of kind CONFIG when there are no images for a stage that draws
     */
    public static PlanOnGpus of(Session session, Selection selection, GpuMachine machine) {
        Plan plan = session.plan(selection);
        List<PlannedStage> open = session.states(plan).openStages();
        session.requireImagesToDraw(open);
        return new PlanOnGpus(
                session, GpuForecast.of(plan, open, machine), plan.stages().size() - open.size());
    }
}
