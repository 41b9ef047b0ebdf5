package io.maeharness.results;

/**
 * One point of a loss curve.
 *
 * @param step optimisation steps done, from 1
 * @param epoch epochs done, with fraction
 * @param loss training loss, averaged over the steps since the point before
 * @param learningRate learning rate of the step
 * @param imagesPerSecond images seen per second since the point before
 */
public record LossPoint(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {

    public LossPoint {
        if (step < 0) {
            throw new IllegalArgumentException("step must be 0 or more, got " + step);
        }
    }
}
