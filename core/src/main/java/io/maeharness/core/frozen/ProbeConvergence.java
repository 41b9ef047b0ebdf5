package io.maeharness.core.frozen;

import java.util.Locale;
import java.util.Map;

/**
 * Whether a linear probe was trained to its end.
 *
 * <p>That its loss no longer falls says little, as its learning rate ends at 0. But the problem is convex: half the squared
 * Newton decrement estimates how far the loss lies above its minimum, whatever the schedule was.
 *
 * @param loss mean cross-entropy on the cached views of the training images, nats
 * @param excess estimate of how much lower it is at its minimum, nats
 */
record ProbeConvergence(double loss, double excess) {
    /** Key of the verdict among a stage's facts; begins with {@code yes} or {@code no}. */
    static final String CONVERGED = "converged";

    /** Share of the loss that may be left to win. */
    private static final double TOLERANCE = 0.02;
    /** The Newton decrement solves a system of so many unknowns. */
    private static final long MOST_UNKNOWNS = 4096;

    /** Whether the head is small enough. */
    static boolean canTell(int classes, int width) {
        return classes * (width + 1L) <= MOST_UNKNOWNS;
    }

    boolean converged() {
        return excess <= TOLERANCE * loss;
    }

    /** For the stage's facts. */
    Map<String, String> facts() {
        return Map.of(
                CONVERGED,
                String.format(
                        Locale.ROOT,
                        "%s: the training loss of %.4f lies %.4f (%.1f %%) above its minimum",
                        converged() ? "yes" : "no",
                        loss,
                        excess,
                        100 * excess / loss));
    }
}
