package io.maeharness.baselines.dino;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.model.ScriptedLoss;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loss, gradient and centre of self-distillation for given parameters of student and teacher. */
final class DinoNetwork implements AutoCloseable {
    private final NDManager manager;
    private final Script script;
    private final NDArray centre;
    private final Map<String, NDArray> tally;
    private Optional<NDArray> settled = Optional.empty();

    /**
     * Compiles the network; the centre begins at zero.
     *
     * @param manager decides the device and owns the centre
     * @param microBatch images the engine holds at once
     */
    DinoNetwork(NDManager manager, ModelSettings model, DinoRecipe recipe, Precision precision, int microBatch) {
        this.manager = manager;
        script = VitScript.load(
                manager,
                model,
                precision,
                EncoderForm.LEARNED_POSITIONS,
                microBatch,
                List.of(
                        ScriptSource.STEP,
                        new ScriptSource(DinoNetwork.class, "/io/maeharness/baselines/script/dino.py")),
                Map.of("grid", model.gridSize(), "student_temperature", recipe.studentTemperature()));
        Shape row = new Shape(1, recipe.headOutputs());
        centre = manager.zeros(row);
        tally = Map.of(
                "tally.outputs", manager.zeros(row),
                "tally.probabilities", manager.zeros(row),
                "tally.entropies", manager.zeros(new Shape(1, 1)));
    }

    /** What is subtracted from the teacher's outputs, [1, K]. */
    NDArray centre() {
        return centre;
    }

    /** What is summed over the teacher's outputs of a step. */
    List<NDArray> tally() {
        return tally.keySet().stream().sorted().map(tally::get).toList();
    }

    /**
     * How decided and how varied the teacher is: both near 0 when it says the same one-hot answer to everything, both near
     * log K when it says nothing.
     *
     * @param ofOutputs mean entropy of its outputs, nats
     * @param ofMean entropy of its mean output, nats
     */
    record Entropies(double ofOutputs, double ofMean) {}

    /** Student, teacher and where the student's gradient goes, by the names of the parameters. */
    record Parameters(Map<String, NDArray> student, Map<String, NDArray> teacher, Map<String, NDArray> gradients) {}

    /**
     * Adds the gradient of {@code share * loss} to the gradients, micro-batch after micro-batch.
     *
     * @param views [N, C, s, s] each, the two global ones first
     * @param drop [N, V, 2 * depth] factors of the student's branches; empty for none
     * @param kinds use of each parameter, by {@link VitScript#kinds}
     * @param temperature divides the teacher's outputs
     * @param share of these images in the optimiser step
     * @return {@code share * loss} [1]; owned by the manager of {@code kinds}
     */
    NDArray accumulate(
            List<NDArray> views,
            Optional<NDArray> drop,
            NDArray kinds,
            double temperature,
            double share,
            Parameters parameters) {
        NDManager scope = kinds.getManager();
        Map<String, NDArray> batch = new LinkedHashMap<>();
        for (int view = 0; view < views.size(); view++) {
            batch.put("view." + view, views.get(view));
        }
        drop.ifPresent(factors -> batch.put("drop", factors));
        Map<String, NDArray> fixed = new LinkedHashMap<>(tally);
        fixed.put("centre", centre);
        fixed.put("temperature", VitScript.scalar(scope, temperature));
        parameters.teacher().forEach((name, array) -> fixed.put("teacher." + name, array));
        return new ScriptedLoss(script)
                .accumulate(scope, batch, fixed, kinds, share, parameters.student(), parameters.gradients());
    }

    /**
     * Loss and gradient of given outputs; the teacher's enter the next {@link #settle}.
     *
     * @param student [V*N, K], view after view
     * @param teacher [2N, K]
     * @return loss [1] and its gradient at the student's outputs, owned by the manager of this network
     */
    NDList compare(NDArray student, NDArray teacher, double temperature) {
        try (NDManager scope = manager.newSubManager()) {
            NDList answer = script.call(
                    "compare",
                    new ScriptArguments()
                            .add(hyper(scope, temperature))
                            .add(centre)
                            .add(student)
                            .add(teacher)
                            .addMap(tally));
            answer.attach(manager);
            return answer;
        }
    }

    /**
     * Ends an optimiser step: the centre moves towards the mean of all of the step's teacher outputs.
     *
     * @param keep share of itself that the centre keeps; 1 leaves it
     * @param images of the step, each of which the teacher saw twice
     */
    void settle(double keep, long images) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray found = script.call(
                            "settle",
                            new ScriptArguments()
                                    .add(hyper(scope, 2.0 * images, keep))
                                    .add(centre)
                                    .addMap(tally))
                    .singletonOrThrow();
            found.attach(manager);
            settled.ifPresent(NDArray::close);
            settled = Optional.of(found);
        }
    }

    /** What the teacher said in the last step; empty before the first. It is read when it is asked for. */
    Optional<Entropies> entropies() {
        return settled.map(HostCopy::floats).map(values -> new Entropies(values[0], values[1]));
    }

    private static NDArray hyper(NDManager scope, double... values) {
        return HostNumbers.of(scope, values);
    }

    @Override
    public void close() {
        script.close();
        centre.close();
        tally.values().forEach(NDArray::close);
    }
}
