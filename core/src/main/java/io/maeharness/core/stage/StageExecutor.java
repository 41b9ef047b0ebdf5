package io.maeharness.core.stage;

/** Computes stages in this process, one after another. */
public interface StageExecutor {
    /**
     * Computes a stage, going on from its last checkpoint when there is one.
     *
     * <p>The stage's weights and checkpoints are kept in {@code environment.directoryOf(stage)}; the parent's are read
     * from its own.
     *
     * @throws StageInterruptedException after a stop was requested and a checkpoint written
     * @throws io.maeharness.core.error.HarnessException when the stage cannot be computed: the reason in one line
     */
    StageOutcome execute(Stage stage, StageEnvironment environment);
}
