package io.maeharness.core.stage;

import io.maeharness.core.config.Schedule;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/**
 * How many images a device computes on at once. On a processor that is the recipe's number, and part of the stage's
 * identity as it decides how sums are cut. A GPU starts hundreds of kernels for a micro-batch, however small: it takes the
 * recipe's number times a power of two, as large as its whole memory allows, so that all GPUs of a kind take the same.
 */
public final class MicroBatch {
    /** The estimate may be a third too low. */
    private static final double USABLE = 0.7;

    private MicroBatch() {}

    /**
     * What a GPU takes.
     *
     * @param bytes that the stage needs with micro-batches of so many images
     * @param deviceBytes memory of the device; 0 where nothing tells, which leaves it to the recipe
     */
    public static OptionalInt fitting(Schedule schedule, IntToDoubleFunction bytes, double deviceBytes) {
        if (deviceBytes <= 0) {
            return OptionalInt.empty();
        }
        int most = Math.max(1, schedule.batchSize() / schedule.shards());
        int images = Math.min(schedule.microBatch(), most);
        while (images < most && bytes.applyAsDouble(Math.min(most, 2 * images)) <= USABLE * deviceBytes) {
            images = Math.min(most, 2 * images);
        }
        while (images > 1 && bytes.applyAsDouble(images) > USABLE * deviceBytes) {
            images /= 2;
        }
        return OptionalInt.of(images);
    }
}
