package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultStoreException;
import java.util.Locale;

/** What is told about a stage that threw. */
final class Failure {
    private Failure() {}

    static WorkerMessage.Failed of(Throwable thrown) {
        if (thrown instanceof HarnessException known) {
            return new WorkerMessage.Failed(known.kind(), known.getMessage());
        }
        if (thrown instanceof ResultStoreException store) {
            return new WorkerMessage.Failed(StoreFailure.kind(store), store.getMessage());
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
        return thrown.getClass().getSimpleName() + ": " + first;
    }
}
