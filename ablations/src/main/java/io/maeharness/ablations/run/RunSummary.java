package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.error.HarnessException;
import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param finished stages computed in this run
 * @param reused stages of the plan that were finished before, or were not needed
 * @param failures stages that failed in this run
 * @param skipped stages that were not run because the one they start from failed
 * @param interrupted whether the run was asked to stop before its end
 * @param elapsed wall-clock time
 */
public record RunSummary(
        int finished, int reused, List<Failure> failures, int skipped, boolean interrupted, Duration elapsed) {
    /** Copies the list. */
    public RunSummary {
        failures = List.copyOf(failures);
    }

    /**
     * A stage that failed.
     *
     * @param stage the stage
     * @param kind what sort of problem it is
     * @param reason one line
     */
    public record Failure(PlannedStage stage, HarnessException.Kind kind, String reason) {}
}
