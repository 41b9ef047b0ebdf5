package io.maeharness.baselines.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.ScriptedLoss;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import java.util.List;
import java.util.Map;

/**
 * Loss, gradient, words and reconstruction of a discrete VAE for given parameters. Source: Ramesh et al., arXiv
 * 2102.12092, section 2.1.
 *
 * <p>A convolutional encoder gives each place of the grid a distribution over the words; training draws from it by the
 * Gumbel-softmax relaxation, and a convolutional decoder makes a picture of what was drawn. All of it is fp32.
 */
final class DiscreteVae implements AutoCloseable {
    private final Script script;

    /**
     * Compiles the networks of a recipe.
     *
     * @param manager decides the device
     * @param microBatch images the engine holds at once
     */
    DiscreteVae(NDManager manager, TokenizerRecipe recipe, int microBatch) {
        script = Script.load(
                manager,
                List.of(
                        new ScriptSource(DiscreteVae.class, "/io/maeharness/baselines/script/tokenizer.py"),
                        ScriptSource.GRADIENTS,
                        ScriptSource.STEP),
                "Tokenizer",
                Map.of(
                        "training",
                        true,
                        "bf16",
                        false,
                        "halvings",
                        TokenizerLayout.halvings(recipe),
                        "residuals",
                        recipe.residualBlocks(),
                        "micro",
                        microBatch));
    }

    /** Parameter layout for pictures of {@code channels} channels. */
    static List<ParameterSpec> layout(TokenizerRecipe recipe, int channels) {
        return TokenizerLayout.of(recipe, channels);
    }

    /**
     * Adds the gradient of {@code share * loss} to {@code gradients}.
     *
     * @param images [N, C, S, S], standardised
     * @param draws [N, V, g, g] from (0, 1), behind the choice of words; or [N] of 64 bits, the states of the generators that
     *     would give them
     * @param temperature of the relaxation
     * @param divergenceWeight of the divergence in the loss
     * @param share of these images in the optimiser step, in (0, 1]
     * @return [3]: {@code share} times what is minimised, the mean squared error of a pixel, and the divergence from the
     *     uniform distribution, nats, mean over places; owned by the manager of {@code images}
     */
    NDArray accumulate(
            NDArray images,
            NDArray draws,
            double temperature,
            double divergenceWeight,
            double share,
            Weights weights,
            Weights gradients) {
        NDManager scope = images.getManager();
        return new ScriptedLoss(script)
                .accumulate(
                        scope,
                        Map.of("images", images, draws.getDataType() == DataType.INT64 ? "states" : "uniform", draws),
                        Map.of(
                                "temperature", VitScript.scalar(scope, temperature),
                                "weight", VitScript.scalar(scope, divergenceWeight)),
                        VitScript.kinds(scope, weights.specs(), spec -> true),
                        share,
                        weights.byName(),
                        gradients.byName());
    }

    /** Logits of the words [N, V, g, g] of images [N, C, S, S]; owned by the manager of {@code images}. */
    NDArray logits(NDArray images, Weights weights) {
        return script.call("logits", new ScriptArguments().add(images).addMap(weights.byName()))
                .singletonOrThrow();
    }

    /**
     * The most probable word of each place, the first of several, for images that lie on the device.
     *
     * @param images [N, C, S, S], standardised
     * @param how what {@code choose} of {@code script/tokenizer.py} takes beside images and parameters
     * @return words [N, L, W], and [3] about the first logit that is no finite number; owned by the manager of {@code images}
     */
    NDList choose(NDArray images, Map<String, NDArray> how, Map<String, NDArray> weights) {
        return script.call(
                "choose", new ScriptArguments().add(images).addMap(how).addMap(weights));
    }

    /** Views at the size that the tokenizer takes, [N, C, T, T], standardised; owned by the manager of {@code views}. */
    NDArray resized(NDArray views, Map<String, NDArray> how) {
        return script.call("resized", new ScriptArguments().add(views).addMap(how))
                .singletonOrThrow();
    }

    /**
     * The picture that words stand for.
     *
     * @param words [N, g, g] of 64 bits, of any number of places
     * @return [N, C, S, S], standardised; owned by the manager of {@code words}
     */
    NDArray picture(NDArray words, Weights weights) {
        return script.call("picture", new ScriptArguments().add(words).addMap(weights.byName()))
                .singletonOrThrow();
    }

    /**
     * Each image's most probable words, and how good they are.
     *
     * @param images [N, C, S, S], standardised
     * @return [N, g * g + 2]: the words, the mean squared error of a pixel of their picture, the mean divergence of a
     *     place from the uniform distribution of words; owned by the manager of {@code images}
     */
    NDArray measure(NDArray images, Weights weights) {
        return script.call("measure", new ScriptArguments().add(images).addMap(weights.byName()))
                .singletonOrThrow();
    }

    @Override
    public void close() {
        script.close();
    }
}
