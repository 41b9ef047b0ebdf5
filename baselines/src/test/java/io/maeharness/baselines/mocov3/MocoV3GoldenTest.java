package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.golden.Closeness;
import io.maeharness.core.golden.GoldenRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss and gradient of the official implementation, float64 stored as float32; tolerance 1e-5 relative. */
class MocoV3GoldenTest {
    private static final double TOLERANCE = 1e-5;

    static List<Path> recipes() {
        return GoldenRoots.roots().stream()
                .map(root -> root.resolve("recipes.json"))
                .filter(Files::exists)
                .toList();
    }

    @Test
    void theGoldenValuesAreThere() {
        assertFalse(recipes().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void lossAndGradientMatch(Path file) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(file.toFile()).get("moco_v3_loss");
        double temperature = golden.get("temperature").asDouble();
        try (NDManager manager = Torch.open("cpu");
                Script script = InfoNceTest.script(manager, temperature);
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray queries = matrix(manager, golden.get("q"));
            queries.setRequiresGradient(true);
            NDArray loss = script.call(
                            "info_nce", new ScriptArguments().add(queries).add(matrix(manager, golden.get("k"))))
                    .singletonOrThrow();
            collector.backward(loss);
            double expected = golden.get("loss").asDouble();
            assertEquals(expected, loss.toFloatArray()[0], TOLERANCE * expected);
            Closeness.assertClose(
                    "grad_q",
                    matrix(manager, golden.get("grad_q")).toFloatArray(),
                    queries.getGradient().toFloatArray(),
                    TOLERANCE);
        }
    }

    private static NDArray matrix(NDManager manager, JsonNode rows) {
        int width = rows.get(0).size();
        float[] values = new float[rows.size() * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows.get(i / width).get(i % width).asDouble();
        }
        return manager.create(values, new Shape(rows.size(), width));
    }
}
