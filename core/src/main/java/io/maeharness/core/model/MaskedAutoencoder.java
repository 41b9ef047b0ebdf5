package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loss, gradient and reconstruction of the masked autoencoder for given parameters. Source: paper, section 3.
 *
 * <p>The parameters follow {@link Layout#maskedAutoencoder}. The object belongs to the manager it was made with.
 */
public final class MaskedAutoencoder implements AutoCloseable {
    private final ModelSettings model;
    private final PatchTarget target;
    private final int lenKeep;
    private final Script script;
    private final Map<String, NDArray> fixed = new LinkedHashMap<>();

    /**
     * Compiles the model.
     *
     * @param manager decides the device
     * @param recipe its mask ratio and encoder mask tokens are used
     * @param target what is predicted
     * @param precision number format of the products
     * @param microBatch images the engine holds at once
     */
    public MaskedAutoencoder(
            NDManager manager,
            ModelSettings model,
            PretrainRecipe recipe,
            PatchTarget target,
            Precision precision,
            int microBatch) {
        this.model = model;
        this.target = target;
        lenKeep = recipe.maskRatio().lenKeep(model.numPatches());
        script = VitScript.load(
                manager,
                model,
                precision,
                EncoderForm.PLAIN,
                microBatch,
                List.of(ScriptSource.STEP, ScriptSource.mae(), target.kind().fragment()),
                Map.of(
                        "encoder_mask_tokens", recipe.encoderMaskTokens(),
                        "decoder_depth", model.decoderDepth(),
                        "decoder_heads", model.decoderHeads(),
                        "keep", lenKeep));
        fixed.put("pos", VitScript.positions(manager, model.encoderDim(), model.gridSize()));
        fixed.put("dec_pos", VitScript.positions(manager, model.decoderDim(), model.gridSize()));
        target.basis(manager).ifPresent(basis -> fixed.put("basis", basis));
    }

    /** Patches kept of each image. */
    public int lenKeep() {
        return lenKeep;
    }

    /**
     * Adds the gradient of {@code share * loss} to {@code gradients}, micro-batch after micro-batch.
     *
     * @param images [N, C, S, S], standardised
     * @param shuffle [N, L] patch numbers, the kept ones first
     * @param share of these images in the optimiser step, in (0, 1]
     * @return {@code share * loss} [1]; owned by the manager of {@code images}
     */
    public NDArray accumulate(NDArray images, NDArray shuffle, double share, Weights weights, Weights gradients) {
        return accumulate(images, shuffle, Optional.empty(), share, weights, gradients);
    }

    /**
     * Adds the gradient of {@code share * loss} to {@code gradients}, micro-batch after micro-batch.
     *
     * @param words [N, L, W] numbers of the words of every patch, where words are predicted
     * @return {@code share * loss} [1]; owned by the manager of {@code images}
     */
    public NDArray accumulate(
            NDArray images,
            NDArray shuffle,
            Optional<NDArray> words,
            double share,
            Weights weights,
            Weights gradients) {
        NDManager scope = images.getManager();
        Map<String, NDArray> batch = batch(images, shuffle);
        words.ifPresent(numbers -> batch.put("words", numbers));
        NDArray kinds = VitScript.kinds(scope, weights.specs(), spec -> true);
        return new ScriptedLoss(script)
                .accumulate(scope, batch, fixed, kinds, share, weights.byName(), gradients.byName());
    }

    /**
     * Predicts every patch, kept ones included.
     *
     * @param images [N, C, S, S], standardised
     * @param shuffle [N, L]
     * @return predictions in the patches' order [N, L, values], latent after the encoder's final norm [N, 1+K, D], class
     *     token first, kept patches in the shuffled order, and the loss [1]; owned by the manager of {@code images}
     */
    public NDList reconstruct(NDArray images, NDArray shuffle, Weights weights) {
        NDArray kinds = VitScript.kinds(images.getManager(), weights.specs(), spec -> false);
        return script.call(
                "reconstruct",
                new ScriptArguments()
                        .add(kinds)
                        .addMap(fixed)
                        .addMap(batch(images, shuffle))
                        .addMap(weights.byName()));
    }

    /** The patch target. */
    public PatchTarget target() {
        return target;
    }

    /** The architecture. */
    public ModelSettings model() {
        return model;
    }

    private static Map<String, NDArray> batch(NDArray images, NDArray shuffle) {
        Map<String, NDArray> batch = new LinkedHashMap<>();
        batch.put("images", images);
        batch.put("shuffle", shuffle);
        return batch;
    }

    /** Moves patch numbers to the device of the model. */
    public NDArray shuffle(NDManager scope, long[] shuffle) {
        return scope.create(shuffle, new Shape(shuffle.length / model.numPatches(), model.numPatches()));
    }

    /** Parameter layout of this model for images of {@code channels} channels. */
    public static List<ParameterSpec> layout(
            ModelSettings model, PretrainRecipe recipe, int channels, PatchTarget target) {
        return Layout.maskedAutoencoder(model, channels, target.outputs(), recipe.encoderMaskTokens());
    }

    @Override
    public void close() {
        script.close();
        fixed.values().forEach(NDArray::close);
    }
}
