package io.maeharness.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads the values of arrays where Java can see them.
 *
 * <p>The engine copies an array of a GPU into a new manager below that of the array, which lives until that one is closed:
 * each checkpoint would leave a copy of the whole model in the machine's memory. Here the copy is released with its manager
 * as soon as its values are read. Every reading counts as a {@link Crossings crossing}.
 */
public final class HostCopy {
    private HostCopy() {}

    /** The values of a float array. */
    public static float[] floats(NDArray array) {
        return read(array, HostCopy::onHost, NDArray::toFloatArray);
    }

    /** The values of an array of 64-bit integers. */
    public static long[] longs(NDArray array) {
        return read(array, HostCopy::onHost, NDArray::toLongArray);
    }

    /** The values as bytes in the order of this machine, which Java owns. */
    public static ByteBuffer bytes(NDArray array) {
        return read(array, HostCopy::onHost, NDArray::toByteBuffer);
    }

    private static NDArray onHost(NDArray array) {
        return array.toDevice(Device.cpu(), false);
    }

    /**
     * Reads a copy and releases it.
     *
     * @param copy gives the array itself where it lies on the host already
     */
    static <T> T read(NDArray array, UnaryOperator<NDArray> copy, Function<NDArray, T> values) {
        Crossings.countDownload();
        NDArray host = copy.apply(array);
        try {
            return values.apply(host);
        } finally {
            release(array, host);
        }
    }

    private static void release(NDArray array, NDArray host) {
        if (host == array) {
            return;
        }
        NDManager owner = host.getManager();
        host.close();
        if (owner != array.getManager()) {
            owner.close();
        }
    }
}
