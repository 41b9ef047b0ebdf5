package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.interop.onnx.Opset;
import io.maeharness.interop.onnx.VitExport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceBenchmarkTest {
    private static final ModelSettings MODEL = new ModelSettings(32, 8, 24, 2, 2, 16, 1, 2, 2);
    private static final int CLASSES = 5;

    @TempDir
    private Path directory;

    @Test
    void bothRuntimesClassifyEveryImageOfTheBatch() {
        Path file = directory.resolve("model.onnx");
        VitExport.untrained(MODEL, 3, CLASSES, Opset.V17, "test", file);
        assertEquals(4 * CLASSES, logits(file, InferenceBenchmark.DJL).length);
        assertEquals(4 * CLASSES, logits(file, InferenceBenchmark.ONNX_RUNTIME).length);
    }

    private static float[] logits(Path file, String runtime) {
        InferenceBenchmark benchmark = new InferenceBenchmark();
        benchmark.file = file.toString();
        benchmark.runtime = runtime;
        benchmark.batch = 4;
        benchmark.threads = 1;
        benchmark.open();
        try {
            return benchmark.infer();
        } finally {
            benchmark.close();
        }
    }
}
