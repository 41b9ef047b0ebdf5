package io.maeharness.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/** Arguments of a script method in order: single arrays, and lists of arrays. */
public final class ScriptArguments {
    private final NDList arrays = new NDList();
    private int position;

    /** Adds one array. */
    public ScriptArguments add(NDArray array) {
        array.setName("argument" + position++);
        arrays.add(array);
        return this;
    }

    /** Adds a list of arrays as one argument of type {@code List[Tensor]}. */
    public ScriptArguments addAll(List<NDArray> list) {
        String name = "list" + position++ + "[]";
        for (NDArray array : list) {
            array.setName(name);
            arrays.add(array);
        }
        return this;
    }

    NDList toList() {
        return new NDList(arrays);
    }
}
