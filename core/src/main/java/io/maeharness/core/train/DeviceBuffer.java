package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.FedViews;
import io.maeharness.core.engine.Crossings;
import io.maeharness.core.engine.FeedMemory;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.image.PixelStatistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Memory that is filled from Java arrays and read by the engine, step after step.
 *
 * <p>On the CPU the engine's array lies over the same direct buffer, so filling it is all there is to do and nothing is
 * allocated in a step; to a GPU the values are copied from {@link FeedMemory}, and nobody waits for that.
 */
public final class DeviceBuffer {
    /** Of a vector register, bytes: how sums are cut must not depend on where the system puts a buffer. */
    private static final int ALIGNMENT = 64;

    private final NDManager manager;
    private final boolean copies;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private Optional<FeedMemory> memory = Optional.empty();
    private Optional<Standardised> standardised = Optional.empty();

    /** An empty buffer for arrays on the device of a manager. */
    public DeviceBuffer(NDManager manager) {
        this(manager, Torch.asGpu(manager));
    }

    /**
     * An empty buffer.
     *
     * @param copies whether arrays are copies, as they are on a GPU
     */
    DeviceBuffer(NDManager manager, boolean copies) {
        this.manager = manager;
        this.copies = copies;
    }

    /** A table on the device, and what it was made of. */
    private record Standardised(PixelStatistics statistics, FeedMemory.LevelTable table) {}

    /**
     * Puts the pixels of a batch into an array that is valid until the next call. Levels are standardised on the device:
     * the bits are those of {@link Batch#images}.
     *
     * @param scope owns the array, not the memory
     * @param shape [N, C, S, S]
     */
    public NDArray put(NDManager scope, Batch batch, Shape shape) {
        return batch.fed().map(views -> put(scope, views, shape)).orElseGet(() -> put(scope, batch.images(), 0, shape));
    }

    private NDArray put(NDManager scope, FedViews views, Shape shape) {
        return views.levels()
                ? memory().standardised(scope, views.block(), table(views.statistics()), shape)
                : memory().put(scope, views.block(), shape);
    }

    private FeedMemory.LevelTable table(PixelStatistics statistics) {
        if (standardised.isEmpty() || !standardised.get().statistics().equals(statistics)) {
            FeedMemory.LevelTable table = new FeedMemory.LevelTable(manager, statistics.table());
            standardised.ifPresent(old -> old.table().close());
            standardised = Optional.of(new Standardised(statistics, table));
        }
        return standardised.get().table();
    }

    /**
     * Puts values into an array that is valid until the next call.
     *
     * @param values the first {@code shape.size()} of them are used
     * @param offset first value used
     * @param scope owns the array, not the memory
     */
    public NDArray put(NDManager scope, float[] values, int offset, Shape shape) {
        int count = Math.toIntExact(shape.size());
        if (copies) {
            try (FeedMemory.Block block = memory().allocate(FeedMemory.Kind.FLOATS, count)) {
                block.bytes().asFloatBuffer().put(values, offset, count);
                return memory().put(scope, block, shape);
            }
        }
        reserve(count * Float.BYTES);
        bytes.asFloatBuffer().put(values, offset, count);
        Crossings.countUpload(bytes.limit());
        return scope.create(bytes, shape, DataType.FLOAT32);
    }

    /** Puts 64-bit integers, as patch numbers and labels are. */
    public NDArray put(NDManager scope, long[] values, Shape shape) {
        int count = Math.toIntExact(shape.size());
        if (copies) {
            try (FeedMemory.Block block = memory().allocate(FeedMemory.Kind.LONGS, count)) {
                block.bytes().asLongBuffer().put(values, 0, count);
                return memory().put(scope, block, shape);
            }
        }
        reserve(count * Long.BYTES);
        bytes.asLongBuffer().put(values, 0, count);
        Crossings.countUpload(bytes.limit());
        return scope.create(bytes, shape, DataType.INT64);
    }

    private void reserve(int size) {
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocateDirect(size + 2 * ALIGNMENT)
                    .alignedSlice(ALIGNMENT)
                    .order(ByteOrder.nativeOrder());
        }
        bytes.clear().limit(size);
    }

    /** Closed with the manager. */
    private FeedMemory memory() {
        if (memory.isEmpty()) {
            memory = Optional.of(new FeedMemory(manager));
        }
        return memory.get();
    }

    /** The manager whose device receives the values. */
    NDManager manager() {
        return manager;
    }
}
