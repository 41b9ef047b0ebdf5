package io.maeharness.baselines.mocov3;

/**
 * How slowly the momentum encoder follows: from {@code start} to 1 on half a cosine over the whole training. Source: MoCo
 * v3, section 5 ("the momentum is 0.99 and increases to 1 by a half-cycle cosine").
 *
 * @param start momentum of the first step
 */
record MomentumSchedule(double start) {
    /**
     * The share of its own value that the momentum encoder keeps.
     *
     * @param progress through the training, in [0, 1]
     */
    double at(double progress) {
        return 1 - 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))) * (1 - start);
    }
}
