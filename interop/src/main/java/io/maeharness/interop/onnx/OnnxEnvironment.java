package io.maeharness.interop.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts ONNX Runtime, which reads what the system says of the processor with a matcher that recurs once for every
 * character: where the list of its features is long, the megabyte that Java's threads have for their stack is not enough,
 * and the process dies without a word. It is started on a thread with a larger one.
 */
final class OnnxEnvironment {
    private static final long STACK_BYTES = 64L << 20;

    private OnnxEnvironment() {}

    /** The environment of this process. */
    static OrtEnvironment open() {
        FutureTask<OrtEnvironment> task =
                new FutureTask<>(() -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL));
        new Thread(null, task, "onnx-start", STACK_BYTES).start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("ONNX Runtime does not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime starts", e);
        }
    }
}
