package io.maeharness.core.stage;

/**
 * Computes stages in this thread. One object serves one thread and keeps the last data set it opened.
 *
 * <p>Checkpoints stay: whoever records the outcome removes them when it is on disk.
 */
public final class DirectExecutor implements StageExecutor {
    private DataIdentity opened;
    private StageData data;

    /** Opens nothing yet. */
    public DirectExecutor() {
        opened = null;
        data = null;
    }

    @Override
    public StageOutcome execute(Stage stage, StageEnvironment environment) {
        long begun = System.nanoTime();
        try (StageContext context = new StageContext(() -> images(stage.data(), environment), environment)) {
            StageOutcome outcome = stage.compute(context).took((System.nanoTime() - begun) / 1e9);
            return stage.data().equals(opened) ? outcome.withFacts(data.left().facts()) : outcome;
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
