package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters that are not trained as products read them, in bf16 where these are: made once for a pass over many images.
 *
 * <p>They are those of the moment. In bf16 an update of the weights does not reach them, in fp32 they are the weights; so
 * a pass makes its own and closes them at its end.
 */
public final class FrozenLeaves implements AutoCloseable {
    private final NDManager owner;
    private final Map<String, NDArray> byName = new LinkedHashMap<>();

    private FrozenLeaves(NDManager owner) {
        this.owner = owner;
    }

    /** The leaves of some weights, on their device; the weights may be closed before them. */
    static FrozenLeaves of(Script script, Weights weights) {
        NDManager device = weights.arrays().get(0).getManager();
        FrozenLeaves leaves = new FrozenLeaves(device.newSubManager());
        try (NDManager scope = device.newSubManager()) {
            NDArray kinds = VitScript.kinds(scope, weights.specs(), spec -> false);
            NDList made = script.call(
                    "frozen_leaves", new ScriptArguments().add(kinds).addMap(weights.byName()));
            List<String> names = new ArrayList<>(new TreeMap<>(weights.byName()).keySet());
            for (int i = 0; i < names.size(); i++) {
                made.get(i).attach(leaves.owner);
                leaves.byName.put(names.get(i), made.get(i));
            }
        }
        return leaves;
    }

    /** All of them by name. */
    Map<String, NDArray> byName() {
        return byName;
    }

    @Override
    public void close() {
        owner.close();
    }
}
