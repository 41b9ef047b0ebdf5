package io.maeharness.core.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.maeharness.core.error.HarnessException;

/** Starts the PyTorch engine of DJL with settings under which the same inputs give the same bits. */
public final class Torch {
    private static final String ENGINE = "PyTorch";
    private static final String CPU = "cpu";
    private static final String GPU = "gpu:";

    private Torch() {}

    /**
     * Opens a manager on a device; the caller closes it.
     *
     * <p>The graph optimiser of TorchScript is switched off: it runs the first calls of a script differently from later
     * ones, so a resumed run would differ from an uninterrupted one.
     *
     * @param device {@code cpu} or {@code gpu:N}
     * @throws HarnessException when the native library cannot be loaded or the device does not exist
     */
    public static NDManager open(String device) {
        Engine engine = engine();
        prepareThread();
        return manager(engine, device);
    }

    /** Sets what the engine keeps for each thread; every thread that calls scripts has to begin with it. */
    public static void prepareThread() {
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(true);
    }

    /**
     * An array in the engine's own memory. A created one lies over a Java buffer, whose alignment differs from run to run,
     * and with it the order in which fp32 products and means are summed up: whatever is computed with has to be owned.
     */
    public static NDArray owned(NDManager manager, float[] values, Shape shape) {
        try (NDArray created = manager.create(values, shape)) {
            return created.duplicate();
        }
    }

    /** Whether script calls are written down, for a replay as on a GPU. */
    public static boolean isTraced() {
        return ScriptTrace.ofEnvironment().isPresent();
    }

    /**
     * Whether what is computed with a manager goes the way of a GPU: on one it does, and on the processor while script calls
     * are traced, so that the calls of that way are written down.
     */
    public static boolean asGpu(NDManager manager) {
        return isTraced() || manager.getDevice().isGpu();
    }

    /** The engine's version and that of DJL, for provenance. */
    public static String version() {
        return "PyTorch " + engine().getVersion() + ", DJL " + Engine.getDjlVersion();
    }

    private static Engine engine() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            return Engine.getEngine(ENGINE);
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new HarnessException(
                    HarnessException.Kind.NATIVE,
                    "the PyTorch native library cannot be loaded (" + firstLine(e) + "); run ./mae doctor",
                    e);
        }
    }

    /**
     * The engine's name for a device.
     *
     * @param device {@code cpu} or {@code gpu:N}
     * @throws IllegalArgumentException for any other text
     */
    static Device named(String device) {
        if (device.equals(CPU)) {
            return Device.cpu();
        }
        if (!device.matches(GPU + "\\d{1,4}")) {
            throw new IllegalArgumentException("'" + device + "' is no device of one array; it is cpu or gpu:N");
        }
        return Device.gpu(Integer.parseInt(device.substring(GPU.length())));
    }

    /** A manager on a device that computes: what the driver lists and what libtorch can use may differ. */
    private static NDManager manager(Engine engine, String name) {
        Device device = named(name);
        if (!device.isGpu()) {
            return engine.newBaseManager(device);
        }
        if (!engine.hasCapability(StandardCapabilities.CUDA)) {
            throw noDevice(name, "libtorch finds no CUDA", null);
        }
        NDManager manager = engine.newBaseManager(device);
        try (NDArray something = manager.zeros(new Shape(1))) {
            something.getShape();
            return manager;
        } catch (EngineException e) {
            manager.close();
            throw noDevice(name, firstLine(e), e);
        }
    }

    private static HarnessException noDevice(String device, String reason, Throwable cause) {
        return new HarnessException(
                HarnessException.Kind.DEVICE,
                "device " + device + " cannot be used: " + reason
                        + "; ./mae doctor compares what driver and engine see, --device cpu does without",
                cause);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }
}
