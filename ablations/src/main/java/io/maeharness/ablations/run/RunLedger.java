package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.RunSummary.Failure;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.ablations.worker.WorkerMessage;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What became of a run's stages so far: keeps rows, listener, estimate and summary in step. */
final class RunLedger {
    private final Plan plan;
    private final OutputDirectory output;
    private final RunListener listener;
    private final int workers;
    private final RowBook rows;
    private final Estimate estimate;
    private final Instant begun = Instant.now();
    private final RunningStages running;
    private final List<Failure> failures = new ArrayList<>();
    private final PublishedStages published;
    private Set<String> known = Set.of();
    private StageQueue queue;
    private int reused;
    private int finished;
    private int skipped;

    RunLedger(Plan plan, OutputDirectory output, RunOptions options, RunListener listener) {
        this.plan = plan;
        this.output = output;
        this.listener = listener;
        this.published = options.published();
        this.workers = options.devices().size();
        this.rows = new RowBook(plan, output);
        this.estimate = new Estimate(OptionalDouble.empty());
        this.running = new RunningStages(estimate, System::nanoTime);
    }

    /** Brings the store up to date and returns the queue of what is left. */
    synchronized StageQueue begin() {
        StageStates states = StageStates.of(plan, output, published);
        for (PlannedStage stage : plan.stages()) {
            StageRecord record = states.finished().get(stage.hash());
            if (record != null) {
                StagePictures.collect(output, stage); // Another case may have drawn them.
                estimate.learn(stage, record.provenance().cost().durationSeconds());
            }
        }
        known = states.outcomes().keySet();
        states.adopt(output, published);
        rows.begin(states.finished(), states.outcomes());
        queue = new StageQueue(plan, states.open(), workers);
        int toRun = queue.undecided().size();
        reused = plan.stages().size() - toRun;
        Map<String, Long> taken = states.takenFrom();
        long elsewhere = taken.values().stream().mapToLong(Long::longValue).sum();
        listener.begun(toRun, reused - Math.toIntExact(elsewhere));
        taken.forEach((from, count) -> listener.taken(Math.toIntExact(count), from));
        tellRemaining();
        return queue;
    }

    synchronized void taken(int worker, PlannedStage stage) {
        running.taken(stage);
        listener.stageTaken(worker, stage);
    }

    synchronized void heard(int worker, PlannedStage stage, WorkerMessage message) {
        if (message instanceof WorkerMessage.Started beginning) {
            running.started(stage, beginning.firstStep(), beginning.totalSteps());
            listener.stageStarted(worker, stage, beginning);
            tellRemaining();
        } else if (message instanceof WorkerMessage.Step step) {
            running.stepped(stage, step.step());
            listener.stageStep(worker, stage, step);
            tellRemaining();
        } else if (message instanceof WorkerMessage.Phase phase) {
            listener.stagePhase(worker, stage, phase.what());
        }
    }

    synchronized void finished(int worker, PlannedStage stage, double seconds) {
        StageRecord record = StageRecord.read(output.outcome(stage.hash()), stage.stage())
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.DISK,
                        "what a finished stage yielded cannot be read back from " + output.outcome(stage.hash())
                                + "; check the disk"));
        Set<String> changed = rows.finished(stage, record);
        estimate.learn(stage, seconds);
        finished++;
        queue.finished(stage);
        listener.stageFinished(worker, stage, seconds);
        changed(changed);
        tellRemaining();
    }

    synchronized void failed(int worker, PlannedStage stage, HarnessException.Kind kind, String reason) {
        // A stage that ran only for its weights keeps the values that it has.
        Set<String> changed = known.contains(stage.hash()) ? Set.of() : rows.missing(stage, ResultState.FAILED, reason);
        failures.add(new Failure(stage, kind, reason));
        listener.stageFailed(worker, stage, reason);
        changed(changed);
        queue.failed(stage).forEach(child -> skip(child, stage.stage().kind() + " failed: " + reason));
        tellRemaining();
    }

    private void skip(PlannedStage child, String reason) {
        Set<String> changed =
                known.contains(child.hash()) ? Set.of() : rows.missing(child, ResultState.SKIPPED, reason);
        skipped++;
        listener.stageSkipped(child, reason);
        changed(changed);
    }

    synchronized void interrupted(int worker, PlannedStage stage, String where) {
        listener.stageInterrupted(worker, stage, where);
        queue.giveBack(stage);
    }

    synchronized void stopping() {
        listener.stopping();
    }

    private void changed(Set<String> tables) {
        if (!tables.isEmpty()) {
            listener.rowsChanged(tables);
        }
    }

    private void tellRemaining() {
        List<PlannedStage> open = queue.undecided();
        listener.remaining(open.size(), estimate.remaining(open, running.doneShare(), workers));
    }

    synchronized RunSummary summary(boolean stopped) {
        return new RunSummary(
                finished,
                reused,
                failures,
                skipped,
                stopped && !queue.undecided().isEmpty(),
                Duration.between(begun, Instant.now()));
    }
}
