package io.maeharness.baselines.tokenizer;

import io.maeharness.core.stage.StageProgress;

/** Counts the steps of a training and keeps the losses of the first and the last. */
public final class CountedSteps implements StageProgress {
    private long count;
    private double first;
    private double last;

    /** Steps so far. */
    public long count() {
        return count;
    }

    /** Loss of the first step. */
    public double first() {
        return first;
    }

    /** Loss of the last step. */
    public double last() {
        return last;
    }

    @Override
    public void started(long firstStep, long totalSteps) {}

    @Override
    public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {
        first = count == 0 ? loss : first;
        last = loss;
        count++;
    }

    @Override
    public void phase(String what) {}
}
