package io.maeharness.baselines.mocov3;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.model.ScriptedLoss;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loss and gradient of one batch for given weights.
 *
 * <p>BatchNorm and negatives couple the images of a batch, but only behind the class tokens. A batch larger than the
 * micro-batch is therefore computed in three passes with the same result: class tokens in micro-batches without a graph;
 * heads and loss on all of them; the gradient at the class tokens carried back through the encoder in micro-batches. That
 * costs one more forward pass of the query encoder.
 */
final class MomentumContrast implements AutoCloseable {
    static final ScriptSource SCRIPT =
            new ScriptSource(MomentumContrast.class, "/io/maeharness/baselines/script/moco.py");

    private final NDManager manager;
    private final Script script;
    private final NDArray positions;
    private final int microBatch;

    /**
     * Compiles the model.
     *
     * @param manager decides the device
     * @param microBatch images the engine holds at once
     */
    MomentumContrast(NDManager manager, ModelSettings model, MocoV3Recipe recipe, Precision precision, int microBatch) {
        this.manager = manager;
        this.microBatch = microBatch;
        script = VitScript.load(
                manager,
                model,
                precision,
                EncoderForm.PLAIN,
                microBatch,
                List.of(SCRIPT),
                Map.of("temperature", recipe.contrastTemperature()));
        positions = VitScript.positions(manager, model.encoderDim(), model.gridSize());
    }

    /**
     * Two views of the same pictures.
     *
     * @param first [N, C, S, S], standardised
     * @param second [N, C, S, S]
     */
    record Views(NDArray first, NDArray second) {
        long size() {
            return first.getShape().get(0);
        }
    }

    /**
     * What a batch yields beside its gradient.
     *
     * @param loss symmetric InfoNCE times twice the temperature
     * @param found share of the queries whose nearest key is their own, in [0, 1]
     */
    record Outcome(double loss, double found) {
        static Outcome of(NDArray values) {
            float[] pair = HostCopy.floats(values);
            return new Outcome(pair[0], pair[1]);
        }
    }

    /**
     * Adds the gradient of the loss at the query's weights to {@code gradients} and moves the running statistics of both
     * branches.
     *
     * @param batch the views of a whole batch, in one or more parts
     */
    Outcome accumulate(List<Views> batch, Branch query, Branch key, Weights gradients) {
        try (NDManager scope = manager.newSubManager()) {
            if (batch.size() == 1 && batch.get(0).size() <= microBatch) {
                return atOnce(batch.get(0), kinds(scope, query), query, key, gradients);
            }
            return inParts(scope, batch, query, key, gradients);
        }
    }

    private Outcome atOnce(Views views, NDArray kinds, Branch query, Branch key, Weights gradients) {
        NDList loss = script.call(
                "contrast",
                branches(
                        new ScriptArguments()
                                .add(views.first())
                                .add(views.second())
                                .add(positions)
                                .add(kinds),
                        query,
                        key,
                        gradients));
        return Outcome.of(loss.singletonOrThrow());
    }

    private Outcome inParts(NDManager scope, List<Views> batch, Branch query, Branch key, Weights gradients) {
        NDList tokens = tokens(scope, batch, query, key);
        NDList loss = couple(scope, tokens, query, key, gradients);
        carryBack(scope, batch.stream().map(Views::first).toList(), loss.get(1), query, gradients);
        carryBack(scope, batch.stream().map(Views::second).toList(), loss.get(2), query, gradients);
        return Outcome.of(loss.get(0));
    }

    /** Class tokens [N, D] of all parts without a graph: of the query for both views, then of the key. */
    NDList tokens(NDManager scope, List<Views> batch, Branch query, Branch key) {
        NDArray kinds = kinds(scope, query);
        List<NDArray> first = batch.stream().map(Views::first).toList();
        List<NDArray> second = batch.stream().map(Views::second).toList();
        return new NDList(
                tokens(scope, first, kinds, query),
                tokens(scope, second, kinds, query),
                tokens(scope, first, kinds, key),
                tokens(scope, second, kinds, key));
    }

    /**
     * The loss of a whole batch from its class tokens; adds the gradient of the heads and moves the running statistics.
     *
     * @param tokens as {@link #tokens} gives them, of the whole batch
     * @return loss and share found [2], and the gradients at the query's tokens, [N, D] each
     */
    NDList couple(NDManager scope, NDList tokens, Branch query, Branch key, Weights gradients) {
        ScriptArguments arguments = new ScriptArguments();
        tokens.forEach(arguments::add);
        NDList loss =
                script.call("contrast_tokens", branches(arguments.add(kinds(scope, query)), query, key, gradients));
        loss.attach(scope);
        return loss;
    }

    private static NDArray kinds(NDManager scope, Branch query) {
        return VitScript.kinds(scope, query.weights().specs(), ContrastLayout::trained);
    }

    private NDArray tokens(NDManager scope, List<NDArray> parts, NDArray kinds, Branch branch) {
        List<NDArray> tokens = new ArrayList<>();
        for (NDArray part : parts) {
            NDArray token = script.call(
                            "tokens",
                            new ScriptArguments()
                                    .add(part)
                                    .add(positions)
                                    .add(kinds)
                                    .addMap(branch.weights().byName()))
                    .singletonOrThrow();
            token.attach(scope);
            tokens.add(token);
        }
        return NDArrays.concat(new NDList(tokens));
    }

    /**
     * Adds what the gradient at the class tokens means for the encoder.
     *
     * @param parts views, [n, C, S, S] each
     * @param gradient [N, D] at their tokens, one after another; on any device
     */
    void carryBack(NDManager scope, List<NDArray> parts, NDArray gradient, Branch query, Weights gradients) {
        NDArray kinds = kinds(scope, query);
        NDArray here = gradient.toDevice(manager.getDevice(), false);
        long at = 0;
        for (NDArray part : parts) {
            long end = at + part.getShape().get(0);
            NDArray rows = here.get(at + ":" + end);
            rows.attach(scope);
            script.call(
                    "pull",
                    new ScriptArguments()
                            .add(part)
                            .add(rows)
                            .add(positions)
                            .add(kinds)
                            .addMap(query.weights().byName())
                            .addAll(ScriptedLoss.inOrder(gradients.byName())));
            at = end;
        }
    }

    private static ScriptArguments branches(ScriptArguments first, Branch query, Branch key, Weights gradients) {
        return first.addMap(query.weights().byName())
                .addMap(key.weights().byName())
                .addMap(query.statistics().byName())
                .addMap(key.statistics().byName())
                .addAll(ScriptedLoss.inOrder(gradients.byName()));
    }

    @Override
    public void close() {
        script.close();
        positions.close();
    }

    /**
     * One of the two networks that are compared.
     *
     * @param weights its parameters
     * @param statistics running mean and variance of its BatchNorms; training never reads them, they are kept so that the
     *     heads can be used afterwards
     */
    record Branch(Weights weights, Weights statistics) {
        /** All arrays by name with a prefix, ready to be written. */
        Map<String, NDArray> prefixed(String prefix) {
            Map<String, NDArray> arrays = new LinkedHashMap<>(weights.prefixed(prefix));
            arrays.putAll(statistics.prefixed(prefix));
            return arrays;
        }

        /**
         * Takes back what {@link #prefixed} gave.
         *
         * @throws IllegalArgumentException naming a missing or misshapen tensor
         */
        void restore(Map<String, NDArray> saved, String prefix) {
            weights.restore(saved, prefix);
            statistics.restore(saved, prefix);
        }
    }
}
