package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The encoder with a head on the mean of its patch tokens: all patches, no mask. Source: paper, section A.1 (fine-tuning).
 *
 * <p>The parameters follow {@link Layout#classifier}.
 */
public final class Classifier implements AutoCloseable {
    private final Script script;
    private final Predicate<ParameterSpec> trained;

    /**
     * Compiles the classifier.
     *
     * @param form kind of the encoder's positions and residual branches
     * @param microBatch images the engine holds at once
     * @param trained which parameters are trained
     */
    public Classifier(
            NDManager manager,
            ModelSettings model,
            Precision precision,
            EncoderForm form,
            int microBatch,
            Predicate<ParameterSpec> trained) {
        this.trained = trained;
        script = VitScript.classifier(manager, model, precision, form, microBatch, true);
    }

    /**
     * Adds the gradient of {@code share * cross-entropy} to {@code gradients}.
     *
     * @param images [N, C, S, S], standardised
     * @param targets [N, classes], probabilities
     * @param dropPath [N, 2 * depth] factors of the residual branches; empty for none
     * @param share of these images in the optimiser step
     * @return {@code share * loss} [1]; owned by the manager of {@code images}
     */
    public NDArray accumulate(
            NDArray images,
            NDArray targets,
            Optional<NDArray> dropPath,
            double share,
            Weights weights,
            Weights gradients) {
        NDManager scope = images.getManager();
        Map<String, NDArray> batch = new LinkedHashMap<>();
        batch.put("images", images);
        batch.put("targets", targets);
        dropPath.ifPresent(factors -> batch.put("drop", factors));
        NDArray kinds = VitScript.kinds(scope, weights.specs(), trained);
        return new ScriptedLoss(script)
                .accumulate(scope, batch, Map.of(), kinds, share, weights.byName(), gradients.byName());
    }

    /** Weights as {@link #logits} reads them, for one pass; the caller closes them. */
    public FrozenLeaves leaves(Weights weights) {
        return FrozenLeaves.of(script, weights);
    }

    /** Logits [N, classes] of images [N, C, S, S]; owned by the manager of {@code images}. */
    public NDArray logits(NDArray images, FrozenLeaves leaves) {
        return script.call("logits", new ScriptArguments().add(images).addMap(leaves.byName()))
                .singletonOrThrow();
    }

    @Override
    public void close() {
        script.close();
    }
}
