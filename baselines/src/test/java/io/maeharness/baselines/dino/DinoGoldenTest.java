package io.maeharness.baselines.dino;

import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.golden.Closeness;
import io.maeharness.core.golden.GoldenRoots;
import io.maeharness.core.stage.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss, gradient and centre of the published implementation over some steps; 1e-5 relative. */
class DinoGoldenTest {
    private static final double TOLERANCE = 1e-5;

    static List<Path> recipes() {
        return GoldenRoots.roots().stream()
                .map(root -> root.resolve("recipes.json"))
                .filter(Files::exists)
                .toList();
    }

    @Test
    void thereAreGoldenValues() {
        assertFalse(recipes().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void lossGradientAndCentreMatch(Path file) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(file.toFile()).get("dino_loss");
        DinoRecipe recipe = recipe(golden);
        DinoSchedule schedule = new DinoSchedule(recipe, 1, golden.get("epochs").asInt());
        try (NDManager manager = Torch.open("cpu");
                DinoNetwork network = new DinoNetwork(
                        manager,
                        TinyDino.MODEL,
                        recipe,
                        Precision.FP32,
                        recipe.schedule().microBatch())) {
            NDArray student = array(manager, golden.get("student"));
            NDArray teacher = array(manager, golden.get("teacher"));
            for (JsonNode step : golden.get("steps")) {
                double temperature =
                        schedule.teacherTemperature(step.get("epoch").asLong());
                NDList answer = network.compare(student, teacher, temperature);
                network.settle(recipe.centreMomentum(), teacher.getShape().get(0) / 2);
                String when = " in epoch " + step.get("epoch");
                assertClose("loss" + when, step.get("loss"), answer.get(0));
                assertClose("gradient" + when, step.get("grad_student"), answer.get(1));
                assertClose("centre" + when, step.get("center_after"), network.centre());
            }
        }
    }

    private static DinoRecipe recipe(JsonNode golden) {
        return TinyDino.recipe(
                "headOutputs", golden.get("out_dim").asText(),
                "studentTemperature", golden.get("student_temp").asText(),
                "teacherTemperatureStart", golden.get("warmup_teacher_temp").asText(),
                "teacherTemperature", golden.get("teacher_temp").asText(),
                "teacherTemperatureWarmupEpochs",
                        golden.get("warmup_teacher_temp_epochs").asText(),
                "centreMomentum", golden.get("center_momentum").asText());
    }

    private static NDArray array(NDManager manager, JsonNode rows) {
        return manager.create(flat(rows), new Shape(rows.size(), rows.get(0).size()));
    }

    private static void assertClose(String what, JsonNode expected, NDArray actual) {
        Closeness.assertClose(what, flat(expected), actual.toFloatArray(), TOLERANCE);
    }

    private static float[] flat(JsonNode node) {
        if (!node.isArray()) {
            return new float[] {(float) node.asDouble()};
        }
        List<JsonNode> leaves = new ArrayList<>();
        collect(node, leaves);
        float[] values = new float[leaves.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) leaves.get(i).asDouble();
        }
        return values;
    }

    private static void collect(JsonNode node, List<JsonNode> leaves) {
        if (node.isArray()) {
            node.forEach(child -> collect(child, leaves));
        } else {
            leaves.add(node);
        }
    }
}
