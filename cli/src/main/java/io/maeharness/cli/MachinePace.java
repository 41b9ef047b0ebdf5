package io.maeharness.cli;

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
final class MachinePace {
    private final Session session;
    private final Estimate estimate;

    private MachinePace(Session session, Estimate estimate) {
        this.session = session;
        this.estimate = estimate;
    }

    /** What the finished stages of a plan took, as {@code reproduce} counts them when it goes on. */
    static MachinePace learned(Session session, Plan plan) {
        Estimate estimate = new Estimate(OptionalDouble.empty());
        plan.stages().forEach(stage -> StageRecord.read(session.output().outcome(stage.hash()), stage.stage())
                .ifPresent(record ->
                        estimate.learn(stage, record.provenance().cost().durationSeconds())));
        return new MachinePace(session, estimate);
    }

    /** By the pace of a calibration; empty knows only of stages that measure for a given time. */
    static MachinePace calibrated(Session session, OptionalDouble secondsPerMac) {
        return new MachinePace(session, new Estimate(secondsPerMac));
    }

    /** As finished stages say, else as a calibration that is run now; knows nothing when that fails. */
    static MachinePace of(Session session, Plan plan) {
        MachinePace learned = learned(session, plan);
        if (learned.hasMeasured()) {
            return learned;
        }
        Calibration calibration = Calibration.run(session);
        return calibrated(
                session,
                calibration.problem().isEmpty()
                        ? OptionalDouble.of(calibration.secondsPerMac())
                        : OptionalDouble.empty());
    }

    /** Whether a finished stage has told something. */
    boolean hasMeasured() {
        return estimate.hasMeasured();
    }

    /** Time that open stages take on the session's workers; empty when nothing is known. */
    Optional<Duration> time(List<PlannedStage> open) {
        return open.isEmpty()
                ? Optional.of(Duration.ZERO)
                : estimate.remaining(open, Map.of(), WorkerCount.of(session.compute(), open));
    }
}
