package io.maeharness.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;

/** Arguments of a script method in order: single arrays, lists of arrays, and maps from names to arrays. */
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

    /**
     * Adds a map from names to arrays as one argument of type {@code Dict[str, Tensor]}.
     *
     * @param map not empty; an array can be in one argument only
     */
    public ScriptArguments addMap(Map<String, NDArray> map) {
        if (map.isEmpty()) {
            throw new IllegalArgumentException("a script takes no empty map as argument " + position);
        }
        String prefix = "map" + position++ + ".";
        map.forEach((name, array) -> {
            array.setName(prefix + name);
            arrays.add(array);
        });
        return this;
    }

    NDList toList() {
        return new NDList(arrays);
    }
}
