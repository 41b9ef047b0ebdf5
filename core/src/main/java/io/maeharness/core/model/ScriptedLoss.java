package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one training step of the scripts, {@code step.py}, for the loss of a method: micro-batch after micro-batch, the
 * gradient of {@code share * loss} is added up.
 *
 * @param manager of the device
 * @param script defines {@code loss(batch, fixed, p)}
 */
public record ScriptedLoss(NDManager manager, Script script) {
    /**
     * Adds the gradient of some images.
     *
     * @param batch what belongs to each image, [N, ...] each
     * @param fixed what all images share; may be empty
     * @param kinds use of each parameter, by {@link VitScript#kinds}
     * @param share of these images in the optimiser step, in (0, 1]
     * @param weights by name
     * @param gradients where they are summed up, by name
     * @return {@code share * loss}, or as many values as the loss has; the first is differentiated
     */
    public float[] accumulate(
            Map<String, NDArray> batch,
            Map<String, NDArray> fixed,
            NDArray kinds,
            double share,
            Map<String, NDArray> weights,
            Map<String, NDArray> gradients) {
        try (NDManager scope = manager.newSubManager()) {
            Map<String, NDArray> shared = new LinkedHashMap<>(fixed);
            shared.put("share", VitScript.scalar(scope, share));
            return HostCopy.floats(script.call(
                            "step",
                            new ScriptArguments()
                                    .add(kinds)
                                    .addMap(shared)
                                    .addMap(batch)
                                    .addMap(weights)
                                    .addMap(gradients))
                    .singletonOrThrow());
        }
    }
}
