package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.PlannedStage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How far the stages in progress are and how fast they go. A few steps are enough for an {@link Estimate}: the first ones
 * compile the model and are left out, unless steps take so long that nobody wants to wait for more.
 */
final class RunningStages {
    /** Steps, from the first heard, that are not timed. */
    private static final long COMPILING = 3;
    /** Timed steps that make an estimate. */
    private static final long ENOUGH_STEPS = 4;
    /** Seconds after which one timed step makes an estimate. */
    private static final double ENOUGH_SECONDS = 5;

    private static final double NANO = 1e-9;

    private final Estimate estimate;
    private final LongSupplier nanos;
    private final Map<String, Steps> steps = new HashMap<>();
    private final Map<String, Double> doneShare = new HashMap<>();

    RunningStages(Estimate estimate, LongSupplier nanoClock) {
        this.estimate = estimate;
        this.nanos = nanoClock;
    }

    /** Since when the steps of a stage are timed. */
    private static final class Steps {
        private final long total;
        private final long first;
        private final long firstAt;
        private long timedFrom;
        private long timedSince;

        Steps(long total, long first, long now) {
            this.total = Math.max(1, total);
            this.first = first;
            this.firstAt = now;
            timedFrom = first;
            timedSince = now;
        }

        void begin(long step, long now) {
            timedFrom = step;
            timedSince = now;
        }

        boolean compiling() {
            return timedFrom - first < COMPILING;
        }

        boolean enough(long step, long now) {
            return (step - timedFrom >= ENOUGH_STEPS && !compiling())
                    || (step > timedFrom && NANO * (now - firstAt) >= ENOUGH_SECONDS);
        }

        double share(long step) {
            return Math.min(1, (double) step / total);
        }
    }

    /** A worker takes the stage up, for the first time or again. */
    void taken(PlannedStage stage) {
        steps.remove(stage.hash());
    }

    /** The stage begins its steps or, where it has no losses to tell, says again how far it is. */
    void started(PlannedStage stage, long step, long total) {
        Steps known = steps.get(stage.hash());
        if (known == null || known.total != Math.max(1, total)) {
            steps.put(stage.hash(), new Steps(total, step, nanos.getAsLong()));
        }
        stepped(stage, step);
    }

    /** The stage has done so many steps. */
    void stepped(PlannedStage stage, long step) {
        Steps known = steps.get(stage.hash());
        if (known == null) {
            return;
        }
        doneShare.put(stage.hash(), known.share(step));
        long now = nanos.getAsLong();
        if (known.compiling() && step - known.first >= COMPILING) {
            known.begin(step, now);
        } else if (known.enough(step, now)) {
            estimate.observe(stage, known.share(step) - known.share(known.timedFrom), NANO * (now - known.timedSince));
        }
    }

    /** What part of a stage is done, 0 to 1, by hash. */
    Map<String, Double> doneShare() {
        return doneShare;
    }
}
