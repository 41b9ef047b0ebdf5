package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenFeaturesTest {
    @TempDir
    private Path stages;

    /** The weights of a training that diverged in its last step: neighbours and probes would rank what has no rank. */
    @Test
    void featuresThatAreNoNumbersAreNeitherComparedNorProbed() {
        PretrainStage encoder = TinyRun.pretrain();
        TinyRun.compute(encoder, stages);
        Path directory = stages.resolve(StageHash.of(encoder));
        try (NDManager manager = Torch.open("cpu")) {
            Map<String, NDArray> weights = new LinkedHashMap<>(FinishedWeights.read(manager, directory));
            weights.put(
                    "patch_embed.proj.bias",
                    weights.get("patch_embed.proj.bias").mul(Float.NaN));
            FinishedWeights.write(directory, weights);
        }
        for (Stage stage : List.of(TinyRun.neighbours(encoder), TinyRun.probe(Optional.of(encoder), Pooling.CLS))) {
            HarnessException e = assertThrows(HarnessException.class, () -> TinyRun.compute(stage, stages));
            assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
            assertTrue(e.getMessage().startsWith("the encoder answers NaN for feature 0 on image "), e.getMessage());
        }
    }
}
