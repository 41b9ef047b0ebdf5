package io.maeharness.ablations.bench;

/** A step that is ready to be timed again and again; its memory is released with it. */
interface TimedStep extends AutoCloseable {
    /** Does one step; returns a number that depends on all of it. */
    double run();

    @Override
    void close();

    /** Compiles the model and fills its memory, on this process's engine. */
    static TimedStep open(SpeedSubject subject) {
        return switch (subject.work()) {
            case PRETRAIN ->
                new TrainingStep(new TrainingStep.Work(
                        subject.model(),
                        subject.stepRecipe(),
                        subject.channels(),
                        true,
                        subject.precision(),
                        "cpu",
                        1));
            case FINETUNE -> new FinetuneStep(subject);
            case FEATURES -> new FeatureStep(subject);
        };
    }
}
