package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.WorkerMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Hears how a run goes. Calls come one at a time, from several threads. Workers are numbered from 0. */
public interface RunListener {
    /** A listener that ignores everything. */
    RunListener SILENT = new RunListener() {};

    /**
     * The run begins.
     *
     * @param toRun stages to be computed
     * @param reused other stages of the plan: finished before in the same directory, or not needed
     */
    default void begun(int toRun, int reused) {}

    /**
     * Stages are not computed because other results hold their outcome; told after {@link #begun}, once for each of these.
     *
     * @param stages how many
     * @param from name of the other results
     */
    default void taken(int stages, String from) {}

    /** A worker takes up a stage. */
    default void stageTaken(int worker, PlannedStage stage) {}

    /** A stage begins its steps, or goes on with them after a checkpoint. */
    default void stageStarted(int worker, PlannedStage stage, WorkerMessage.Started started) {}

    /** A stage has come further; at most a few times a second. */
    default void stageStep(int worker, PlannedStage stage, WorkerMessage.Step step) {}

    /** A stage does something outside its steps. */
    default void stagePhase(int worker, PlannedStage stage, String what) {}

    /** A stage is finished and its rows are written; the seconds count all runs of it. */
    default void stageFinished(int worker, PlannedStage stage, double seconds) {}

    /** A stage has failed, which is recorded. */
    default void stageFailed(int worker, PlannedStage stage, String reason) {}

    /** A stage will not be run because the one it starts from failed, which is recorded. */
    default void stageSkipped(PlannedStage stage, String reason) {}

    /** A stage has stopped at a checkpoint. */
    default void stageInterrupted(int worker, PlannedStage stage, String where) {}

    /** Rows of these tables have changed in the store. */
    default void rowsChanged(Set<String> tables) {}

    /**
     * How much is left, told after each stage's end and a few times a second in between.
     *
     * @param stages stages still open
     * @param time until the end; empty as long as nothing is known
     */
    default void remaining(int stages, Optional<Duration> time) {}

    /** The run was asked to stop and waits for the stages in progress to write their checkpoints. */
    default void stopping() {}
}
