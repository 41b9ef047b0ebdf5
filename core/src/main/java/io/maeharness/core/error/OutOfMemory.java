package io.maeharness.core.error;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Knows a lack of memory, whoever had it: Java, the engine, ONNX Runtime, or the system when it starts a thread. */
public final class OutOfMemory {
    /** What PyTorch, CUDA, ONNX Runtime and the C++ library say of an allocation that failed. */
    private static final List<String> OF_NATIVE_CODE = List.of(
            "not enough memory",
            "out of memory",
            "allocate memory",
            "failed to allocate",
            "bad_alloc",
            "bad allocation",
            "cublas_status_alloc_failed");

    private OutOfMemory() {}

    /**
     * What there was no memory for, as the beginning of a line without the way out; empty for any other problem.
     *
     * @param thrown looked at with its causes
     */
    public static Optional<String> of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return Optional.of("out of memory in Java's own part (" + firstLine(cause) + ")");
            }
            if (isOfNativeCode(cause.getMessage())) {
                return Optional.of("out of memory (" + firstLine(cause) + ")");
            }
        }
        return Optional.empty();
    }

    /** Whether a message of native code is about memory that it did not get. */
    public static boolean isOfNativeCode(String message) {
        String said = String.valueOf(message).toLowerCase(Locale.ROOT);
        return OF_NATIVE_CODE.stream().anyMatch(said::contains);
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).strip().lines().findFirst().orElse("no message");
    }
}
