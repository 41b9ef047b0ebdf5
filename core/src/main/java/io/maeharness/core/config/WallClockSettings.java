package io.maeharness.core.config;

/**
 * How the wall-clock table (table 2) is measured.
 *
 * @param paperSizes whether the paper's own ViT-L/16 and ViT-H/14 are measured; without them only the profile's model is
 * @param blocks processes that each variant is measured in, the variants in turn; 3 or more show a spread
 * @param seconds measuring time of a process at the paper's sizes, seconds; at least one round is measured, and half
 *     as long or one round is spent on warming up
 * @param ownSeconds the same at the profile's own size
 * @param batch images of a round at the paper's sizes; 0 takes as many as fit the memory, up to a limit of the device
 */
public record WallClockSettings(boolean paperSizes, int blocks, double seconds, double ownSeconds, int batch) {
    /** Checks every field. */
    public WallClockSettings {
        Check.atLeast("wallClock.blocks", blocks, 1);
        Check.positive("wallClock.seconds", seconds);
        Check.positive("wallClock.ownSeconds", ownSeconds);
        Check.atLeast("wallClock.batch", batch, 0);
    }
}
