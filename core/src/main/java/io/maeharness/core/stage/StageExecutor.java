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

    /**
     * Computes stages in this thread. One object serves one thread and keeps the last data set it opened.
     *
     * <p>Checkpoints stay: whoever records the outcome removes them when it is on disk.
     */
    public static final class Direct implements StageExecutor {
        private DataIdentity opened;
        private StageData data;

        /** Opens nothing yet. */
        public Direct() {
            opened = null;
            data = null;
        }

        @Override
        public StageOutcome execute(Stage stage, StageEnvironment environment) {
            long begun = System.nanoTime();
            try (StageContext context = new StageContext(() -> images(stage.data(), environment), environment)) {
                StageOutcome outcome = stage.compute(context).took((System.nanoTime() - begun) / 1e9);
                return stage.data().equals(opened)
                        ? outcome.withFacts(data.left().facts())
                        : outcome;
            }
        }

        private StageData images(DataIdentity identity, StageEnvironment environment) {
            if (!identity.equals(opened)) {
                data = StageData.of(identity, environment.dataDirectory());
                opened = identity;
            }
            return data;
        }
    }
}
