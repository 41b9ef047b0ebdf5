package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultStoreException;

/** A failure of the results store in the terms of the command line's exit codes. */
public final class StoreFailure {
    private StoreFailure() {}

    /** The kind of a store's failure. */
    public static HarnessException.Kind kind(ResultStoreException failure) {
        return switch (failure.kind()) {
            case READ_ONLY -> HarnessException.Kind.STORE_READ_ONLY;
            case CORRUPT -> HarnessException.Kind.STORE_CORRUPT;
            case DISK_FULL, IO -> HarnessException.Kind.DISK;
        };
    }

    /** The same failure for the command line. */
    public static HarnessException asHarnessException(ResultStoreException failure) {
        return new HarnessException(kind(failure), failure.getMessage(), failure);
    }
}
