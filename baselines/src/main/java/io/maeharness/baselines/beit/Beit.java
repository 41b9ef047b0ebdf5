package io.maeharness.baselines.beit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.model.ScriptedLoss;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loss, gradient and predictions of BEiT for given parameters: all patches enter the encoder, the masked ones as a learned
 * token, and the words of the masked ones are predicted. There is no decoder.
 */
final class Beit implements AutoCloseable {
    private final Script script;

    /**
     * Compiles the model.
     *
     * @param microBatch images the engine holds at once
     */
    Beit(NDManager manager, ModelSettings model, Precision precision, int microBatch) {
        script = VitScript.load(
                manager,
                model,
                precision,
                EncoderForm.RELATIVE_POSITIONS,
                microBatch,
                List.of(
                        ScriptSource.STEP,
                        new ScriptSource(Beit.class, "/io/maeharness/baselines/script/masked.py"),
                        new ScriptSource(Beit.class, "/io/maeharness/baselines/script/beit.py")),
                Map.of());
    }

    /**
     * Adds the gradient of {@code share * loss} to {@code gradients}.
     *
     * @param images [N, C, S, S], standardised
     * @param masked [N, M] numbers of the masked patches
     * @param words [N, L] numbers of the words of all patches
     * @param dropPath [N, 2 * depth] factors of the residual branches; empty for none
     * @param share of these images in the optimiser step, in (0, 1]
     * @return {@code share * loss} [1]; owned by the manager of {@code images}
     */
    NDArray accumulate(
            NDArray images,
            NDArray masked,
            NDArray words,
            Optional<NDArray> dropPath,
            double share,
            Weights weights,
            Weights gradients) {
        NDManager scope = images.getManager();
        Map<String, NDArray> batch = new LinkedHashMap<>();
        batch.put("images", images);
        batch.put("masked", masked);
        batch.put("words", words);
        dropPath.ifPresent(factors -> batch.put("drop", factors));
        NDArray kinds = VitScript.kinds(scope, weights.specs(), spec -> true);
        return new ScriptedLoss(script)
                .accumulate(scope, batch, Map.of(), kinds, share, weights.byName(), gradients.byName());
    }

    /** Logits [N, M, V] of the words of masked patches; owned by the manager of {@code images}. */
    NDArray predict(NDArray images, NDArray masked, Weights weights) {
        NDArray kinds = VitScript.kinds(images.getManager(), weights.specs(), spec -> false);
        return script.call(
                        "predict_words",
                        new ScriptArguments().add(images).add(masked).add(kinds).addMap(weights.byName()))
                .singletonOrThrow();
    }

    @Override
    public void close() {
        script.close();
    }
}
