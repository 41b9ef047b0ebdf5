package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Crossings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that is filled from Java arrays and read by the engine, step after step.
 *
 * <p>On the CPU the engine's array lies over the same direct buffer, so filling it is all there is to do and nothing is
 * allocated in a step; on a GPU the values are copied over.
 */
public final class DeviceBuffer {
    /** Of a vector register, bytes: how sums are cut must not depend on where the system puts a buffer. */
    private static final int ALIGNMENT = 64;

    private final NDManager manager;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

    /** An empty buffer for arrays on the device of a manager. */
    public DeviceBuffer(NDManager manager) {
        this.manager = manager;
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
        reserve(count * Float.BYTES);
        bytes.asFloatBuffer().put(values, offset, count);
        Crossings.countUpload();
        return scope.create(bytes, shape, DataType.FLOAT32);
    }

    /** Puts 64-bit integers, as patch numbers and labels are. */
    public NDArray put(NDManager scope, long[] values, Shape shape) {
        int count = Math.toIntExact(shape.size());
        reserve(count * Long.BYTES);
        bytes.asLongBuffer().put(values, 0, count);
        Crossings.countUpload();
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

    /** The manager whose device receives the values. */
    NDManager manager() {
        return manager;
    }
}
