package io.maeharness.baselines.dino;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.MovingAverage;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parameters of student and teacher with their optimisers.
 *
 * <p>The head's last layer has an optimiser of its own, because its first step comes later than the others'.
 */
final class DinoPair implements AutoCloseable {
    private static final String STUDENT = "student/";
    private static final String TEACHER = "teacher/";

    private final DinoRecipe recipe;
    private final Part trunk;
    private final Part lastLayer;

    /** Draws the student; the teacher begins as its copy. */
    DinoPair(NDManager manager, ModelSettings model, DinoRecipe recipe, int channels, StageRandom random) {
        this.recipe = recipe;
        trunk = new Part(manager, DinoLayout.initialise(manager, model, recipe, channels, random), recipe.adam());
        lastLayer = new Part(
                manager,
                Weights.initialise(manager, DinoLayout.lastLayer(recipe), random, Purpose.HEAD),
                recipe.adam());
    }

    /** Some weights, their average, and what trains them. */
    private static final class Part {
        private final Weights weights;
        private final AdamW adam;
        private final MovingAverage teacher;

        Part(NDManager manager, Weights weights, AdamSettings settings) {
            this.weights = weights;
            adam = new AdamW(manager, settings, weights, ParameterGroups.pretraining(weights.specs(), 1));
            teacher = new MovingAverage(manager, weights);
        }

        void step(long step, double learningRate, double weightDecay, double clip) {
            if (clip > 0) {
                adam.clipEach(clip);
            }
            adam.step(step, learningRate, weightDecay);
        }
    }

    /** What the network reads and where the gradient goes. */
    DinoNetwork.Parameters parameters() {
        return new DinoNetwork.Parameters(
                joined(trunk.weights, lastLayer.weights),
                joined(trunk.teacher.weights(), lastLayer.teacher.weights()),
                joined(trunk.adam.gradients(), lastLayer.adam.gradients()));
    }

    /** Use of each parameter; while it is frozen the last layer has no gradient. */
    NDArray kinds(NDManager manager, boolean frozen) {
        List<ParameterSpec> specs = new ArrayList<>(trunk.weights.specs());
        specs.addAll(lastLayer.weights.specs());
        return VitScript.kinds(
                manager, specs, spec -> !frozen || trunk.weights.specs().contains(spec));
    }

    /**
     * Moves the student by its gradient, then the teacher towards it.
     *
     * @param step number of the step, from 0
     */
    void step(long step, double learningRate, DinoSchedule schedule) {
        double decay = schedule.weightDecay(step);
        trunk.step(step + 1, learningRate, decay, recipe.clip());
        if (step >= schedule.frozenSteps()) {
            lastLayer.step(step + 1 - schedule.frozenSteps(), learningRate, decay, recipe.clip());
        }
        double momentum = schedule.teacherMomentum(step);
        trunk.teacher.update(momentum);
        lastLayer.teacher.update(momentum);
    }

    /** Gradients of trunk and last layer. */
    List<NDArray> gradients() {
        return Stream.of(trunk, lastLayer)
                .flatMap(part -> part.adam.sums().stream())
                .toList();
    }

    /** The teacher's encoder and head by name. */
    Map<String, NDArray> teacher() {
        Map<String, NDArray> named = trunk.teacher.weights().byName();
        named.putAll(lastLayer.teacher.weights().byName());
        return named;
    }

    /** Student, teacher and moments, with prefixed names. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (Part part : List.of(trunk, lastLayer)) {
            state.putAll(part.weights.prefixed(STUDENT));
            state.putAll(part.teacher.weights().prefixed(TEACHER));
            state.putAll(part.adam.moments());
        }
        return state;
    }

    /**
     * Takes back what {@link #state} gave.
     *
     * @throws IllegalArgumentException naming a missing or misshapen tensor
     */
    void restore(Map<String, NDArray> state) {
        for (Part part : List.of(trunk, lastLayer)) {
            part.weights.restore(state, STUDENT);
            part.teacher.weights().restore(state, TEACHER);
            part.adam.restoreMoments(state);
        }
    }

    private static Map<String, NDArray> joined(Weights first, Weights second) {
        Map<String, NDArray> arrays = first.byName();
        arrays.putAll(second.byName());
        return arrays;
    }

    @Override
    public void close() {
        for (Part part : List.of(trunk, lastLayer)) {
            part.adam.close();
            part.teacher.close();
        }
    }
}
