package io.maeharness.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Numbers that scripts read as numbers, {@code float(x)} or {@code x.tolist()}: they stay on the processor, whatever
 * computes, so that reading them waits for no device.
 */
public final class HostNumbers {
    private static final String NAME = "host numbers";

    private HostNumbers() {}

    /** One number, []; owned by the scope. */
    public static NDArray of(NDManager scope, double value) {
        return host(scope).create(value);
    }

    /** Numbers, [n]; owned by the scope. */
    public static NDArray of(NDManager scope, double[] values) {
        return host(scope).create(values);
    }

    /** Whole numbers, [n]; owned by the scope. */
    public static NDArray of(NDManager scope, long[] values) {
        return host(scope).create(values);
    }

    /** Whether an array is one of these; known only while calls are {@link ScriptTrace traced}. */
    static boolean isOne(NDArray array) {
        return NAME.equals(array.getManager().getName());
    }

    private static NDManager host(NDManager scope) {
        return Torch.asGpu(scope) ? apart(scope) : scope;
    }

    /** A manager of the processor below the scope, which a trace knows again. */
    static NDManager apart(NDManager scope) {
        NDManager host = scope.newSubManager(Device.cpu());
        host.setName(NAME);
        return host;
    }
}
