package io.maeharness.core.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.maeharness.core.error.InvalidSettingException;

/**
 * The length of a training stage and its learning rate: linear warm-up, then half a cosine, stepped per iteration.
 *
 * @param epochs length, epochs; fractions of an epoch are allowed
 * @param warmupEpochs linear warm-up from 0, epochs; less than {@code epochs}
 * @param batchSize images an optimiser step sees
 * @param microBatch images the engine holds at once; gradients of the micro-batches of a step are accumulated
 * @param baseLr learning rate for 256 images a step; the rate used is {@code baseLr * batchSize / 256}
 * @param minLr rate at the end of the cosine
 * @param shards parts that a step is cut into, a power of two; their gradients are summed by a fixed tree, so that as many
 *     devices as there are shards, or fewer, give the same bits. 1 is no part of a stage's identity
 * @param maxSteps ends the stage after so many optimiser steps of at most four micro-batches, to try a profile out; 0 for
 *     no limit
 */
public record Schedule(
        double epochs,
        double warmupEpochs,
        int batchSize,
        int microBatch,
        double baseLr,
        double minLr,
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Schedule.Whole.class) int shards,
        int maxSteps) {
    private static final int TRIAL_MICRO_BATCHES = 4;

    /** The paper's longest training has 1,600. */
    private static final int MOST_EPOCHS = 100_000;

    /** Of a step; the paper's have 16,384 at most. */
    private static final int MOST_IMAGES = 1 << 20;

    /** Checks every field. */
    public Schedule {
        Check.positive("epochs", epochs);
        Check.within("epochs", epochs, 0, MOST_EPOCHS);
        Check.within("warmupEpochs", warmupEpochs, 0, epochs);
        Check.between("batchSize", batchSize, 1, MOST_IMAGES);
        Check.between("microBatch", microBatch, 1, MOST_IMAGES);
        Check.positive("baseLr", baseLr);
        Check.within("minLr", minLr, 0, Double.MAX_VALUE);
        shards = shards == 0 ? 1 : shards;
        if (Integer.bitCount(shards) != 1 || shards < 0 || shards > batchSize) {
            throw new InvalidSettingException("shards must be a power of two up to the batchSize " + batchSize
                    + ", got " + shards + "; 1 leaves a step whole");
        }
        Check.atLeast("maxSteps", maxSteps, 0);
    }

    /** A schedule whose steps are whole. */
    public Schedule(
            double epochs,
            double warmupEpochs,
            int batchSize,
            int microBatch,
            double baseLr,
            double minLr,
            int maxSteps) {
        this(epochs, warmupEpochs, batchSize, microBatch, baseLr, minLr, 1, maxSteps);
    }

    /** Equal to the number of shards of a step that is whole; such a number is not written. */
    static final class Whole {
        @Override
        public boolean equals(Object other) {
            return Integer.valueOf(1).equals(other);
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** The peak learning rate, scaled linearly with the batch. Source: paper, table 8 ("lr = base_lr x batch / 256"). */
    public double peakLr() {
        return baseLr * batchSize / 256;
    }

    /**
     * The learning rate at a (fractional) epoch.
     *
     * @param epoch position, epochs since the start; the rate is evaluated at the beginning of each step
     */
    public double lrAt(double epoch) {
        if (epoch < warmupEpochs) {
            return peakLr() * epoch / warmupEpochs;
        }
        double progress = (epoch - warmupEpochs) / (epochs - warmupEpochs);
        return minLr + (peakLr() - minLr) * 0.5 * (1 + Math.cos(Math.PI * progress));
    }

    /**
     * Images of one optimiser step over a data set: the batch size, or all images where there are fewer. A schedule that
     * is cut to a few steps to try a profile out takes steps of a few micro-batches, not the paper's 4,096 images.
     *
     * @param images size of the training split
     */
    public int imagesPerStep(int images) {
        int whole = Math.min(batchSize, images);
        return maxSteps == 0 ? whole : Math.min(whole, TRIAL_MICRO_BATCHES * microBatch);
    }

    /** Optimiser steps of one epoch over {@code images} images; the incomplete last batch is dropped, as published. */
    public int stepsPerEpoch(int images) {
        return Math.max(1, images / imagesPerStep(images));
    }

    /** Optimiser steps of the whole stage, at least one. */
    public int totalSteps(int images) {
        long all = Math.max(1, Math.round(epochs * stepsPerEpoch(images)));
        if (all > Integer.MAX_VALUE && maxSteps == 0) {
            throw new InvalidSettingException(
                    "schedule.epochs " + epochs + " are " + all + " steps of " + imagesPerStep(images)
                            + " images, more than are counted; choose fewer epochs or a larger batchSize");
        }
        int whole = (int) Math.min(all, Integer.MAX_VALUE);
        return maxSteps == 0 ? whole : Math.min(maxSteps, whole);
    }

    /** This schedule with length and warm-up multiplied, as figure 7 varies them. */
    public Schedule stretched(double factor) {
        return new Schedule(
                epochs * factor, warmupEpochs * factor, batchSize, microBatch, baseLr, minLr, shards, maxSteps);
    }
}
