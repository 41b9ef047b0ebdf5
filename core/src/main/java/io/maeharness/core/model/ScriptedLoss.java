package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one training step of the scripts, {@code step.py}, for the loss of a method: micro-batch after micro-batch, the
 * gradient of {@code share * loss} is added up.
 *
 * @param script defines {@code loss(batch, fixed, p)}
 */
public record ScriptedLoss(Script script) {
    /**
     * Adds the gradient of some images.
     *
     * @param scope owns what comes out
     * @param batch what belongs to each image, [N, ...] each
     * @param fixed what all images share; may be empty
     * @param kinds use of each parameter, by {@link VitScript#kinds}
     * @param share of these images in the optimiser step, in (0, 1]
     * @param weights by name
     * @param gradients where they are summed up, by name
     * @return {@code share * loss} [1], or as many values as the loss has; the first is differentiated. It lies on the
     *     device, where it may not be computed yet
     */
    public NDArray accumulate(
            NDManager scope,
            Map<String, NDArray> batch,
            Map<String, NDArray> fixed,
            NDArray kinds,
            double share,
            Map<String, NDArray> weights,
            Map<String, NDArray> gradients) {
        Map<String, NDArray> shared = new LinkedHashMap<>(fixed);
        shared.put("share", VitScript.scalar(scope, share));
        NDArray loss = script.call(
                        "step",
                        new ScriptArguments()
                                .add(kinds)
                                .addMap(shared)
                                .addMap(batch)
                                .addMap(weights)
                                .addAll(inOrder(gradients)))
                .singletonOrThrow();
        loss.attach(scope);
        return loss;
    }

    /** Gradients in the order of their names, as scripts take them. */
    public static List<NDArray> inOrder(Map<String, NDArray> gradients) {
        return List.copyOf(new TreeMap<>(gradients).values());
    }
}
