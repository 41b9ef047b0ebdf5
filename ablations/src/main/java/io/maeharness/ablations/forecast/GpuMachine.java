package io.maeharness.ablations.forecast;

import io.maeharness.core.error.InvalidSettingException;

/**
 * Cards of one kind and the cores beside them.
 *
 * @param accelerator each card
 * @param count cards
 * @param cores for each card
 * @param together cards that compute a stage together, a divisor of {@code count}
 */
public record GpuMachine(Accelerator accelerator, int count, int cores, int together) {
    /** Checks the numbers. */
    public GpuMachine {
        if (count < 1 || cores < 1 || together < 1) {
            throw new IllegalArgumentException("a machine needs cards and cores, got " + count + " and " + cores);
        }
        if (count % together != 0) {
            throw new InvalidSettingException(
                    "--count " + count + ": stages on " + together + " cards each take a multiple of " + together);
        }
    }

    /** Stages that are computed at once. */
    public int slots() {
        return count / together;
    }
}
