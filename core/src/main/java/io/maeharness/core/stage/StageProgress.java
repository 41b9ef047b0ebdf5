package io.maeharness.core.stage;

/** Hears how a stage goes. */
public interface StageProgress {
    /**
     * The stage begins, or goes on, at a step. A stage whose steps have neither loss nor epoch says so after each.
     *
     * @param firstStep 0, or the position of the checkpoint
     * @param totalSteps steps of the whole stage
     */
    void started(long firstStep, long totalSteps);

    /**
     * A step is done.
     *
     * @param step number of steps done
     * @param epoch position, epochs
     * @param loss of this step
     * @param learningRate of this step
     * @param imagesPerSecond over the last few seconds
     */
    void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond);

    /** A checkpoint of the steps told so far is about to be written: what was noted of them has to outlive a power cut too. */
    default void checkpointing() {}

    /** What the stage does outside its steps, e.g. {@code evaluating on 2,000 images}. */
    void phase(String what);

    /** A progress that is told nothing to anybody. */
    static StageProgress silent() {
        return new StageProgress() {
            @Override
            public void started(long firstStep, long totalSteps) {}

            @Override
            public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {}

            @Override
            public void phase(String what) {}
        };
    }
}
