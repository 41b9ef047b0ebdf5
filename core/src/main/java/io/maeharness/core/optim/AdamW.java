package io.maeharness.core.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.engine.Crossings;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.model.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AdamW with a learning rate and a weight decay for each parameter, and an optional average of the weights. */
public final class AdamW implements Trained {
    private static final String WEIGHTS = "param/";

    private final NDManager manager;
    private final AdamSettings settings;
    private final Map<ParameterGroups.Group, List<Integer>> members;
    private final Weights weights;
    /** Memory of all gradients, [n]. */
    private final NDArray sums;

    private final Weights gradients;
    private final Weights firstMoments;
    private final Weights secondMoments;
    private final Optional<Weights> average;
    private final Script script;

    /**
     * Starts with zero moments.
     *
     * @param weights updated in place
     * @param groups one for each parameter
     */
    public AdamW(NDManager manager, AdamSettings settings, Weights weights, List<ParameterGroups.Group> groups) {
        this.manager = manager;
        this.settings = settings;
        this.weights = weights;
        members = members(groups);
        sums = manager.zeros(new Shape(Weights.pieceOf(weights.specs())));
        gradients = Weights.within(sums, weights.specs());
        firstMoments = Weights.zeros(manager, weights.specs());
        secondMoments = Weights.zeros(manager, weights.specs());
        average = settings.emaDecay() > 0
                ? Optional.of(Weights.of(manager, weights.specs(), weights.byName()))
                : Optional.empty();
        script = script(manager, settings.beta1(), settings.beta2());
    }

    static Script script(NDManager manager, double beta1, double beta2) {
        return Script.load(
                manager, "optimiser.py", "Optimiser", Map.of("training", true, "beta1", beta1, "beta2", beta2));
    }

    /** Where the gradients of the next step are summed up; zero after each step. */
    public Weights gradients() {
        return gradients;
    }

    /** The averaged weights when there is an average, else the weights. */
    public Weights evaluated() {
        return average.orElse(weights);
    }

    /** Scales the gradient of each parameter down to a norm where it is larger. */
    public void clipEach(double most) {
        clip("clip_each", most);
    }

    /** Scales all gradients down where the norm of the whole is larger. */
    public void clipAll(double most) {
        clip("clip_all", most);
    }

    private void clip(String method, double most) {
        try (NDManager scope = manager.newSubManager()) {
            script.call(
                            method,
                            new ScriptArguments()
                                    .add(HostNumbers.of(scope, most))
                                    .addAll(gradients.arrays()))
                    .close();
        }
    }

    /**
     * Updates the weights from the gradients and sets the gradients to zero.
     *
     * @param step number of this step, from 1
     * @param learningRate before the scale of each group
     */
    public void step(long step, double learningRate) {
        step(step, learningRate, 1);
    }

    /**
     * Updates the weights with a weight decay that changes over the training.
     *
     * @param step number of this step, from 1
     * @param learningRate before the scale of each group
     * @param decayFactor factor of each group's weight decay
     */
    public void step(long step, double learningRate, double decayFactor) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray number = scope.create((float) step);
            Crossings.countUpload(Float.BYTES);
            members.forEach((group, indices) -> {
                double[] hyper = {learningRate * group.lrScale(), group.weightDecay() * decayFactor};
                update(number, HostNumbers.of(scope, hyper), indices);
            });
            script.call("clear", new ScriptArguments().add(sums)).close();
            average.ifPresent(a -> script.call(
                    "average",
                    new ScriptArguments()
                            .add(HostNumbers.of(scope, settings.emaDecay()))
                            .addAll(weights.arrays())
                            .addAll(a.arrays())));
        }
    }

    /** The engine's kernel reads the step's number on the device of the weights, and the script the others. */
    private void update(NDArray step, NDArray hyper, List<Integer> indices) {
        script.call(
                "adamw",
                new ScriptArguments()
                        .add(step)
                        .add(hyper)
                        .addAll(select(weights, indices))
                        .addAll(select(gradients, indices))
                        .addAll(select(firstMoments, indices))
                        .addAll(select(secondMoments, indices)));
    }

    private static List<NDArray> select(Weights from, List<Integer> indices) {
        return indices.stream().map(from.arrays()::get).toList();
    }

    private static Map<ParameterGroups.Group, List<Integer>> members(List<ParameterGroups.Group> groups) {
        Map<ParameterGroups.Group, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            if (!groups.get(i).frozen()) {
                members.computeIfAbsent(groups.get(i), g -> new ArrayList<>()).add(i);
            }
        }
        return members;
    }

    @Override
    public List<NDArray> sums() {
        return List.of(sums);
    }

    /** Weights, moments and average, with prefixed names. */
    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = weights.prefixed(WEIGHTS);
        state.putAll(moments());
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> state) {
        weights.restore(state, WEIGHTS);
        restoreMoments(state);
    }

    /** What belongs to the weights, for those who keep these themselves: moments and average, with prefixed names. */
    public Map<String, NDArray> moments() {
        Map<String, NDArray> state = firstMoments.prefixed("adam.m/");
        state.putAll(secondMoments.prefixed("adam.v/"));
        average.ifPresent(a -> state.putAll(a.prefixed("ema/")));
        return state;
    }

    /**
     * Takes back what {@link #moments} gave.
     *
     * @throws IllegalArgumentException naming a missing or misshapen tensor
     */
    public void restoreMoments(Map<String, NDArray> arrays) {
        firstMoments.restore(arrays, "adam.m/");
        secondMoments.restore(arrays, "adam.v/");
        average.ifPresent(a -> a.restore(arrays, "ema/"));
    }

    @Override
    public void close() {
        script.close();
    }
}
