package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import io.maeharness.results.ResultStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What is told about a stage that threw, and about a results store that failed. */
public final class Failure {
    private Failure() {}

    static WorkerMessage.Failed of(Throwable thrown) {
        if (thrown instanceof HarnessException known) {
            return new WorkerMessage.Failed(known.kind(), known.getMessage());
        }
        if (thrown instanceof ResultStoreException store) {
            return new WorkerMessage.Failed(kind(store), store.getMessage());
        }
        if (thrown instanceof LinkageError) {
            return new WorkerMessage.Failed(
                    HarnessException.Kind.NATIVE,
                    "a native library does not load (" + describe(thrown) + "); run ./mae doctor");
        }
        return new WorkerMessage.Failed(HarnessException.Kind.STAGE_FAILED, describe(thrown));
    }

    private static String describe(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            return "out of memory in the worker's Java heap (" + thrown.getMessage()
                    + "); choose a smaller microBatch, fewer --workers or a larger heap";
        }
        String message = String.valueOf(thrown.getMessage()).strip();
        String first = message.lines().findFirst().orElse("");
        if (message.toLowerCase(Locale.ROOT).contains("out of memory")) {
            return "out of memory on the device (" + first + "); choose a smaller microBatch or fewer --workers";
        }
        if (thrown instanceof IOException file) {
            return FileProblem.inWords(file);
        }
        if (thrown instanceof UncheckedIOException file) {
            return FileProblem.inWords(file);
        }
        return thrown.getClass().getSimpleName() + ": " + first;
    }

    /** The kind of a store's failure in the terms of the command line's exit codes. */
    private static HarnessException.Kind kind(ResultStoreException failure) {
        return switch (failure.kind()) {
            case READ_ONLY -> HarnessException.Kind.STORE_READ_ONLY;
            case CORRUPT -> HarnessException.Kind.STORE_CORRUPT;
            case DISK_FULL, IO -> HarnessException.Kind.DISK;
        };
    }

    /** A failure of the results store for the command line. */
    public static HarnessException ofStore(ResultStoreException failure) {
        return new HarnessException(kind(failure), failure.getMessage(), failure);
    }
}
