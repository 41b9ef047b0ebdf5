package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import java.util.List;
import java.util.Map;

/** Sums and copies of lists of arrays, also from one device to another. Used by one thread at a time. */
final class Exchange implements AutoCloseable {
    private final NDManager manager;
    private final Script script;

    Exchange(NDManager manager) {
        this.manager = manager.newSubManager();
        script = Script.load(this.manager, "exchange.py", "Exchange", Map.of("training", true));
    }

    /** {@code arrays = arrays + others}, on the device of the first. */
    void add(List<NDArray> arrays, List<NDArray> others) {
        call("add", arrays, others);
    }

    /** Copies values. */
    void copy(List<NDArray> from, List<NDArray> to) {
        call("copy", from, to);
    }

    /** Sets all values to zero. */
    void clear(List<NDArray> arrays) {
        run("clear", new ScriptArguments().addAll(arrays));
    }

    private void call(String method, List<NDArray> first, List<NDArray> second) {
        run(method, new ScriptArguments().addAll(first).addAll(second));
    }

    private void run(String method, ScriptArguments arguments) {
        script.call(method, arguments).close();
    }

    @Override
    public void close() {
        script.close();
        manager.close();
    }
}
