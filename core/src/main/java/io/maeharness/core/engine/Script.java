package io.maeharness.core.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.OutOfMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A TorchScript class loaded from a resource, with its attributes fixed at load time. */
public final class Script implements AutoCloseable {
    private final PtSymbolBlock block;
    private final NDArray methodMarker;
    private final Optional<String> traced;

    private Script(PtSymbolBlock block, NDArray methodMarker, Optional<String> traced) {
        this.block = block;
        this.methodMarker = methodMarker;
        this.traced = traced;
    }

    /**
     * Compiles the class {@code className} of this module's script {@code file}.
     *
     * @param manager owns the compiled script
     * @param attributes Boolean, Integer or Double for each attribute the class declares
     */
    public static Script load(NDManager manager, String file, String className, Map<String, Object> attributes) {
        return load(manager, List.of(ScriptSource.core(file)), className, attributes);
    }

    /**
     * Compiles a class from its file and the fragments that are spliced into it.
     *
     * @param manager owns the compiled script
     * @param sources the class, then its fragments
     * @param attributes Boolean, Integer or Double for each attribute the class and its fragments declare
     */
    public static Script load(
            NDManager manager, List<ScriptSource> sources, String className, Map<String, Object> attributes) {
        byte[] archive = ScriptArchive.write(className, ScriptSource.joined(sources), attributes);
        try {
            PtSymbolBlock block =
                    JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
            return new Script(
                    block,
                    manager.zeros(new Shape(1)),
                    ScriptTrace.ofEnvironment().map(trace -> trace.script(archive)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /**
     * Runs a method.
     *
     * @param method name of the method
     * @param arguments in order; outputs belong to the manager of its first array
     */
    public NDList call(String method, ScriptArguments arguments) {
        NDList inputs = arguments.toList();
        traced.ifPresent(name -> ScriptTrace.ofEnvironment().orElseThrow().call(name, method, inputs));
        methodMarker.setName("module_method:" + method);
        inputs.add(methodMarker);
        try {
            return IValueUtils.forward(block, inputs, true);
        } catch (EngineException e) {
            throw translate(method, e);
        }
    }

    private static RuntimeException translate(String method, EngineException e) {
        return OutOfMemory.of(e)
                .<RuntimeException>map(said -> new HarnessException(
                        HarnessException.Kind.MEMORY,
                        said + " in " + method + "; choose a smaller schedule.microBatch or fewer --workers",
                        e))
                .orElse(e);
    }

    @Override
    public void close() {
        methodMarker.close();
        block.close();
    }
}
