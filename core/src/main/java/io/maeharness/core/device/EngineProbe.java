package io.maeharness.core.device;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.data.OpenCvLibrary;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A process of its own that loads the natives and computes something tiny, so that a native failure ends it and not the
 * process that asked.
 *
 * <p>Prints one {@code key=value} line for each fact: {@code engine}, {@code gpus}, {@code product} (2 when the engine
 * computes), {@code opencv} ({@code ok} or the problem).
 */
public final class EngineProbe {
    private EngineProbe() {}

    /** Loads, computes, prints. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Engine engine = Engine.getEngine("PyTorch");
        out.println("engine=" + engine.getEngineName() + " " + engine.getVersion());
        out.println("gpus=" + engine.getGpuCount());
        try (NDManager manager = engine.newBaseManager();
                NDArray ones = manager.ones(new Shape(2, 2));
                NDArray product = ones.matMul(ones)) {
            out.println("product=" + (int) product.toFloatArray()[0]);
        }
        out.println("opencv=" + OpenCvLibrary.problem().orElse("ok"));
    }
}
