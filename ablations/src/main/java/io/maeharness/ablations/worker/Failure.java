package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.OutOfMemory;
import io.maeharness.files.FileProblem;
import io.maeharness.results.ResultStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;

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
                    "a native library does not load (" + firstLine(thrown) + "); run ./mae doctor");
        }
        return OutOfMemory.of(thrown)
                .map(said -> new WorkerMessage.Failed(
                        HarnessException.Kind.MEMORY, said + "; choose a smaller microBatch or fewer --workers"))
                .orElseGet(() -> unforeseen(thrown));
    }

    private static WorkerMessage.Failed unforeseen(Throwable thrown) {
        if (thrown instanceof IOException file) {
            return new WorkerMessage.Failed(HarnessException.Kind.DISK, FileProblem.inWords(file));
        }
        if (thrown instanceof UncheckedIOException file) {
            return new WorkerMessage.Failed(HarnessException.Kind.DISK, FileProblem.inWords(file));
        }
        return new WorkerMessage.Failed(HarnessException.Kind.INTERNAL, "internal error: " + firstLine(thrown));
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).strip().lines().findFirst().orElse("no message");
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
