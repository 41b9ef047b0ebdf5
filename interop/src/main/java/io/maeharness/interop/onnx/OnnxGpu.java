package io.maeharness.interop.onnx;

import ai.onnxruntime.OrtSession;
import io.maeharness.core.error.HarnessException;
import java.util.Optional;

/** Whether ONNX Runtime can use a GPU, found out without a model. */
public final class OnnxGpu {
    private OnnxGpu() {}

    /** Why ONNX Runtime cannot use the first GPU of this process, in one line with the way out; empty where it can. */
    public static Optional<String> problem() {
        try {
            ExecutionProvider first = ExecutionProvider.of("gpu:0");
            OnnxEnvironment.open();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                first.addCuda(options);
            }
            return Optional.empty();
        } catch (HarnessException e) {
            return Optional.of(e.getMessage());
        } catch (LinkageError e) {
            return Optional.of("ONNX Runtime does not start: " + e.getMessage());
        }
    }
}
