package io.maeharness.core.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Initialisation;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.optim.ParameterGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Positions, schedule, layer decay and LARS of the official implementation; 1e-5 relative. */
class RecipesGoldenTest {
    private static final double TOLERANCE = 1e-5;

    static List<Path> recipes() {
        return GoldenRoots.roots().stream()
                .map(root -> root.resolve("recipes.json"))
                .filter(Files::exists)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void positionsMatch(Path file) throws IOException {
        JsonNode golden = section(file, "sincos");
        float[] table = SinCosPositions.table(
                golden.get("embed_dim").asInt(), golden.get("grid").asInt());
        float[] expected = flat(golden.get("values"));
        Closeness.assertClose("positions", expected, tail(table, expected.length), TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void learningRateMatches(Path file) throws IOException {
        JsonNode golden = section(file, "lr_schedule");
        Schedule schedule = new Schedule(
                golden.get("epochs").asDouble(),
                golden.get("warmup_epochs").asDouble(),
                256,
                256,
                golden.get("lr").asDouble(),
                golden.get("min_lr").asDouble(),
                0);
        for (int i = 0; i < golden.get("values").size(); i++) {
            double expected = golden.get("values").get(i).asDouble();
            double epoch = golden.get("at_epoch").get(i).asDouble();
            assertEquals(expected, schedule.lrAt(epoch), TOLERANCE * expected, "epoch " + epoch);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void layerDecayAndWeightDecayMatch(Path file) throws IOException {
        JsonNode golden = section(file, "layer_decay");
        for (Map.Entry<String, JsonNode> expected : golden.get("params").properties()) {
            String name = expected.getKey();
            ParameterGroups.Group group = ParameterGroups.supervised(
                            List.of(spec(name)),
                            golden.get("depth").asInt(),
                            golden.get("decay").asDouble(),
                            golden.get("weight_decay").asDouble())
                    .get(0);
            double scale = expected.getValue().get("lr_scale").asDouble();
            assertEquals(scale, group.lrScale(), TOLERANCE * scale, name);
            assertEquals(expected.getValue().get("weight_decay").asDouble(), group.weightDecay(), 0, name);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void larsStepsMatch(Path file) throws IOException {
        JsonNode golden = section(file, "lars");
        try (NDManager manager = Torch.open("cpu");
                Script script = Script.load(
                        manager,
                        "probe.py",
                        "Probe",
                        Map.of(
                                "training", true,
                                "momentum", golden.get("momentum").asDouble(),
                                "trust", golden.get("trust_coefficient").asDouble(),
                                "weight_decay", golden.get("weight_decay").asDouble()))) {
            List<NDArray> parameters = List.of(
                    array(manager, golden.get("start").get("weight")),
                    array(manager, golden.get("start").get("bias")));
            List<NDArray> momenta =
                    parameters.stream().map(p -> manager.zeros(p.getShape())).toList();
            for (JsonNode step : golden.get("steps")) {
                script.call(
                        "lars_step",
                        new ScriptArguments()
                                .add(manager.create(golden.get("lr").asDouble()))
                                .addAll(parameters)
                                .addAll(List.of(
                                        array(manager, step.get("grad_weight")), array(manager, step.get("grad_bias"))))
                                .addAll(momenta));
                Closeness.assertClose(
                        "weight", flat(step.get("weight")), parameters.get(0).toFloatArray(), TOLERANCE);
                Closeness.assertClose(
                        "bias", flat(step.get("bias")), parameters.get(1).toFloatArray(), TOLERANCE);
            }
        }
    }

    /** The golden file gives names only: biases and norms have rank 1, the others at least 2. */
    private static ParameterSpec spec(String name) {
        boolean vector = name.endsWith("bias") || name.contains("norm");
        List<Long> shape = vector ? List.of(4L) : List.of(1L, 4L, 4L);
        return new ParameterSpec(name, shape, Initialisation.ZEROS, false);
    }

    private static JsonNode section(Path file, String name) throws IOException {
        return new ObjectMapper().readTree(file.toFile()).get(name);
    }

    private static NDArray array(NDManager manager, JsonNode values) {
        Shape shape =
                values.get(0).isArray() ? new Shape(values.size(), values.get(0).size()) : new Shape(values.size());
        return manager.create(flat(values), shape);
    }

    private static float[] tail(float[] values, int count) {
        return java.util.Arrays.copyOfRange(values, values.length - count, values.length);
    }

    private static float[] flat(JsonNode node) {
        List<Float> values = new ArrayList<>();
        collect(node, values);
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    private static void collect(JsonNode node, List<Float> into) {
        if (node.isArray()) {
            node.forEach(child -> collect(child, into));
        } else {
            into.add((float) node.asDouble());
        }
    }
}
