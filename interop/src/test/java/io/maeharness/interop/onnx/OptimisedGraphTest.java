package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDManager;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ONNX Runtime makes of the file before it runs it. */
class OptimisedGraphTest {
    private static final int DEPTH = 3;
    private static final ModelSettings MODEL = new ModelSettings(32, 8, 32, DEPTH, 2, 24, 1, 2, 2);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Opset.class)
    void eachNormalisationIsOneOperator(Opset opset) throws IOException {
        assertEquals(2 * DEPTH + 1, optimised(opset).get("LayerNormalization"));
    }

    @ParameterizedTest
    @EnumSource(Opset.class)
    void eachGeluIsOneOperatorWithTheBiasBeforeIt(Opset opset) throws IOException {
        Map<String, Long> operators = optimised(opset);
        assertEquals(DEPTH, operators.get("BiasGelu"));
        assertFalse(operators.containsKey("Erf") || operators.containsKey("Gelu"), operators.toString());
    }

    @ParameterizedTest
    @EnumSource(Opset.class)
    void theScaleOfTheScoresIsPartOfTheirProduct(Opset opset) throws IOException {
        Map<String, Long> operators = optimised(opset);
        assertEquals(DEPTH, operators.get("FusedMatMul"));
        assertFalse(operators.containsKey("Mul"), operators.toString());
    }

    @Test
    void bothOpsetsAreTheSameGraph() throws IOException {
        assertEquals(optimised(Opset.V17), optimised(Opset.V20));
    }

    private Map<String, Long> optimised(Opset opset) throws IOException {
        Path file = directory.resolve("model.onnx");
        Path optimised = directory.resolve("optimised.onnx");
        try (NDManager manager = Torch.open("cpu")) {
            RandomVit.classifier(manager, MODEL, 1, opset, file);
        }
        OnnxModel.open(file, options -> {
                    options.setOptimizationLevel(OptLevel.ALL_OPT);
                    options.setOptimizedModelFilePath(optimised.toString());
                })
                .close();
        return ModelProto.parseFrom(Files.readAllBytes(optimised)).getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
