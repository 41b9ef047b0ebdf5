package io.maeharness.core.train;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.checkpoint.Checkpoints.Position;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Runs the steps of a stage: learning rate, progress, checkpoints, stop on request, stop on a loss that is no number.
 *
 * <p>A stage cut at any step and resumed does the same arithmetic as one that was not.
 */
public final class TrainingLoop {
    private final Schedule schedule;
    private final int images;
    private final EpochOrder order;
    private final StageEnvironment environment;
    private final Checkpoints checkpoints;

    /**
     * Prepares a loop.
     *
     * @param images size of the training split
     */
    public TrainingLoop(
            Schedule schedule, int images, EpochOrder order, StageEnvironment environment, Checkpoints checkpoints) {
        this.schedule = schedule;
        this.images = images;
        this.order = order;
        this.environment = environment;
        this.checkpoints = checkpoints;
    }

    /** A training loop with checkpoints in the stage's directory. */
    public static TrainingLoop of(StageContext context, Stage stage, Schedule schedule, EpochOrder order) {
        int images = context.data().train().size();
        context.environment().progress().phase("training");
        return new TrainingLoop(
                schedule, images, order, context.environment(), new Checkpoints(context.directoryOf(stage)));
    }

    /**
     * What a finished loop has to say.
     *
     * @param meanLoss over the steps of the last epoch
     * @param imagesSeen by this process
     * @param steps of the whole stage
     * @param seconds this process spent on its steps
     */
    public record Finished(double meanLoss, long imagesSeen, long steps, double seconds) {
        /** Mean over the steps of this process. */
        public double imagesPerSecond() {
            return imagesSeen / Math.max(1e-9, seconds);
        }

        /** The outcome of a stage that was trained. */
        public StageOutcome outcome(Map<String, Double> metrics, Map<String, String> facts) {
            return new StageOutcome(metrics, imagesSeen, 0, imagesPerSecond(), facts);
        }
    }

    /**
     * Runs to the end, from the newest checkpoint when there is one.
     *
     * @throws StageInterruptedException when a stop was requested; a checkpoint has been written
     * @throws HarnessException of kind STAGE_FAILED when the loss is no number; the last checkpoint is kept
     */
    public Finished run(NDManager manager, Trainable trainable) {
        return run(manager, trainable, step -> {});
    }

    /**
     * Runs to the end and says after each step how many are done.
     *
     * @param afterStep called before a checkpoint of that step is written
     */
    Finished run(NDManager manager, Trainable trainable, LongConsumer afterStep) {
        Position position = resume(manager, trainable);
        long first = position.step();
        long total = schedule.totalSteps(images);
        environment.progress().started(first, total);
        long begun = System.nanoTime();
        long saved = begun;
        Throughput throughput = new Throughput(order.batch());
        for (long step = first; step < total; step++) {
            stopIfAsked(position, trainable);
            double epoch = (double) step / order.stepsPerEpoch();
            double rate = schedule.lrAt(epoch);
            double loss = trainable.step(step, rate);
            demandNumber(loss, step);
            position = advance(position, step, loss);
            afterStep.accept(step + 1);
            environment
                    .progress()
                    .step(step + 1, (step + 1.0) / order.stepsPerEpoch(), loss, rate, throughput.afterStep());
            if (System.nanoTime() - saved > environment.checkpointInterval().toNanos() && step + 1 < total) {
                checkpoint(position, trainable);
                saved = System.nanoTime();
            }
        }
        long seen = (total - first) * order.batch();
        return new Finished(
                position.lossSum() / Math.max(1, position.lossCount()), seen, total, (System.nanoTime() - begun) / 1e9);
    }

    /**
     * Says that what was trained is evaluated now, and first saves the end of a training that took longer than two
     * checkpoints are apart, so that a kill during the evaluation repeats no step.
     */
    public void evaluating(Trainable trained, Finished finished) {
        environment.progress().phase("evaluating");
        if (finished.seconds() > environment.checkpointInterval().toSeconds()) {
            checkpoints.write(new Position(finished.steps(), finished.meanLoss(), 1), trained.state());
        }
    }

    private Position resume(NDManager manager, Trainable trainable) {
        try (NDManager scope = manager.newSubManager()) {
            Optional<Checkpoints.Saved> saved = checkpoints.newest(scope);
            saved.ifPresent(s -> restore(trainable, s));
            return saved.map(Checkpoints.Saved::position).orElse(Position.START);
        }
    }

    private static void restore(Trainable trainable, Checkpoints.Saved saved) {
        try {
            trainable.restore(saved.arrays());
        } catch (IllegalArgumentException e) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the checkpoint of step " + saved.position().step() + " does not fit the stage: " + e.getMessage()
                            + "; delete it to start the stage again",
                    e);
        }
    }

    private void checkpoint(Position position, Trainable trainable) {
        environment.progress().checkpointing();
        checkpoints.write(position, trainable.state());
    }

    private void stopIfAsked(Position position, Trainable trainable) {
        if (environment.stopRequested().getAsBoolean()) {
            if (position.step() > 0) {
                checkpoint(position, trainable);
            }
            throw new StageInterruptedException(position.step());
        }
    }

    private static void demandNumber(double loss, long step) {
        if (!Double.isFinite(loss)) {
            throw new HarnessException(
                    HarnessException.Kind.STAGE_FAILED,
                    "the loss became " + loss + " at step " + (step + 1)
                            + "; lower schedule.baseLr, or try --precision fp32");
        }
    }

    /** Losses are summed over one epoch and begin anew at the next. */
    private Position advance(Position before, long step, double loss) {
        boolean newEpoch = step % order.stepsPerEpoch() == 0;
        return new Position(
                step + 1, (newEpoch ? 0 : before.lossSum()) + loss, (newEpoch ? 0 : before.lossCount()) + 1);
    }

    /** Images per second over about the last five seconds. */
    private static class Throughput {
        private static final double WINDOW_SECONDS = 5;
        private final int imagesPerStep;
        private long windowStart = System.nanoTime();
        private long windowImages;
        private double latest;

        Throughput(int imagesPerStep) {
            this.imagesPerStep = imagesPerStep;
        }

        /** Counts a step and returns the current rate. */
        double afterStep() {
            windowImages += imagesPerStep;
            double seconds = (System.nanoTime() - windowStart) / 1e9;
            if (latest == 0 || seconds > WINDOW_SECONDS) {
                latest = windowImages / Math.max(seconds, 1e-9);
            }
            if (seconds > WINDOW_SECONDS) {
                windowStart = System.nanoTime();
                windowImages = 0;
            }
            return latest;
        }
    }
}
