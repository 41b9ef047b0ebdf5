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

    /** {@code arrays = arrays + others}, all on one device. */
    void add(List<NDArray> arrays, List<NDArray> others) {
        call("add", arrays, others);
    }

    /** Copies values. */
    void copy(List<NDArray> from, List<NDArray> to) {
        call("copy", from, to);
    }

    /**
     * Sums what several devices have, pair by pair.
     *
     * @param own where the sum is left
     * @param parts those of the first device, then those of the second, and so on; others than the objects of {@code own}
     */
    void reduce(List<NDArray> own, List<NDArray> parts) {
        call("reduce", own, parts);
    }

    /** Sets all values to zero. */
    void clear(List<NDArray> arrays) {
        run("clear", new ScriptArguments().addAll(arrays));
    }

    /**
     * Another array over values, for this object alone: an array carries the name of one argument of one thread.
     *
     * @param from first value
     * @param to behind the last
     */
    NDArray view(NDArray array, long from, long to) {
        NDArray view = array.reshape(-1).get(from + ":" + to);
        view.attach(manager);
        return view;
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
