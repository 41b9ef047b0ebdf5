package io.maeharness.workbench;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.Estimate;
import io.maeharness.ablations.worker.StageRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long stages take on this machine: as those that are finished in the output directory say, else as a calibration does. */
public final class MachinePace {
    private final Session session;
    private final Estimate estimate;
    private final boolean known;

    private MachinePace(Session session, Estimate estimate, boolean known) {
        this.session = session;
        this.estimate = estimate;
        this.known = known;
    }

    /** What the finished stages of a plan took, as {@code reproduce} counts them when it goes on. */
    public static MachinePace learned(Session session, Plan plan) {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        plan.stages().forEach(stage -> StageRecord.read(session.output().outcome(stage.hash()), stage.stage())
                .ifPresent(record ->
                        estimate.learn(stage, record.provenance().cost().durationSeconds())));
        return new MachinePace(session, estimate, estimate.hasMeasured());
    }

    /** As a calibration says; where that failed, as {@link #unknown}. */
    public static MachinePace of(Session session, Calibration calibration) {
        return calibration.problem().isEmpty()
                ? new MachinePace(session, new Estimate(OptionalDouble.of(calibration.secondsPerMac())), true)
                : unknown(session);
    }

    /** Knows only of stages that measure for a given time. */
    public static MachinePace unknown(Session session) {
        return new MachinePace(session, new Estimate(OptionalDouble.empty()), false);
    }

    /** Whether a finished stage or a calibration has told something. */
    public boolean isKnown() {
        return known;
    }

    /** Time that open stages take on the session's workers; empty when nothing is known. */
    public Optional<Duration> time(List<PlannedStage> open) {
        return open.isEmpty()
                ? Optional.of(Duration.ZERO)
                : estimate.remaining(open, Map.of(), session.compute().workersFor(open));
    }
}
