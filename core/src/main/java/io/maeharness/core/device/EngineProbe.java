package io.maeharness.core.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.LibUtils;
import io.maeharness.core.data.OpenCvLibrary;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A process of its own that loads the natives and computes something tiny, so that a native failure ends it and not the
 * process that asked.
 *
 * <p>Prints one {@code key=value} line for each fact: {@code engine}, {@code libtorch} (where it lies), {@code cuda}
 * (whether libtorch can use it), {@code gpus} (how many compute), {@code refusal} (why the next one does not), {@code
 * product} (2 when the engine computes), {@code opencv} ({@code ok} or the problem).
 */
public final class EngineProbe {
    private static final int MOST_GPUS = 64;

    private EngineProbe() {}

    /** Loads, computes, prints. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        EngineNatives.prepare();
        Engine engine = Engine.getEngine("PyTorch");
        out.println("engine=" + engine.getEngineName() + " " + engine.getVersion());
        out.println("libtorch=" + LibUtils.getLibtorchPath());
        boolean cuda = engine.hasCapability(StandardCapabilities.CUDA);
        out.println("cuda=" + cuda);
        out.println("gpus=" + (cuda ? gpus(engine, out) : 0));
        out.println("product=" + (int) product(engine, Device.cpu()));
        out.println("opencv=" + OpenCvLibrary.problem().orElse("ok"));
    }

    /** One after another, as what the driver lists may be more than what can be used. */
    private static int gpus(Engine engine, PrintStream out) {
        for (int i = 0; i < MOST_GPUS; i++) {
            try {
                product(engine, Device.gpu(i));
            } catch (EngineException e) {
                out.println("refusal="
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                return i;
            }
        }
        return MOST_GPUS;
    }

    private static float product(Engine engine, Device device) {
        try (NDManager manager = engine.newBaseManager(device);
                NDArray ones = manager.ones(new Shape(2, 2));
                NDArray product = ones.matMul(ones)) {
            return product.toFloatArray()[0];
        }
    }
}
