package io.maeharness.core.train;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;

/** Which samples each optimiser step sees: a new order each epoch, the incomplete last batch dropped. */
public final class EpochOrder {
    private final StageRandom random;
    private final int samples;
    private final int batch;
    private final int stepsPerEpoch;
    private long epoch = -1;
    private int[] order = new int[0];

    /**
     * Prepares the orders.
     *
     * @param samples size of the training split
     */
    public EpochOrder(StageRandom random, int samples, Schedule schedule) {
        this.random = random;
        this.samples = samples;
        batch = schedule.imagesPerStep(samples);
        stepsPerEpoch = schedule.stepsPerEpoch(samples);
    }

    /** The epoch of a step, both from 0. */
    public long epochOf(long step) {
        return step / stepsPerEpoch;
    }

    /** Optimiser steps of an epoch. */
    public int stepsPerEpoch() {
        return stepsPerEpoch;
    }

    /** Images of one optimiser step: the batch size, or all samples when there are fewer. */
    public int batch() {
        return batch;
    }

    /** Digest of the order of the first epoch. */
    public String fingerprint() {
        return Fingerprint.of(Arrays.stream(random.permutation(Purpose.ORDER, 0, samples))
                .asLongStream()
                .toArray());
    }

    /** Samples of a step. */
    public int[] samplesOf(long step) {
        if (epochOf(step) != epoch) {
            epoch = epochOf(step);
            order = random.permutation(Purpose.ORDER, epoch, samples);
        }
        int from = (int) (step % stepsPerEpoch) * batch;
        return Arrays.copyOfRange(order, from, from + batch);
    }
}
