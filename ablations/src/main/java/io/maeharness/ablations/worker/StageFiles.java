package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import io.maeharness.files.Folders;
import java.io.IOException;
import java.nio.file.Files;

/** The files of a stage's directory. */
public final class StageFiles {
    private StageFiles() {}

    /**
     * Removes what a stage left, outcome and checkpoints, so that it starts anew. Its rows stay until there are new
     * ones. The outcome goes first: a stage that is removed in part is not finished.
     *
     * @throws HarnessException {@code STORE_READ_ONLY} when a file cannot be removed
     */
    public static void forget(OutputDirectory output, String hash) {
        if (!Files.exists(output.stage(hash))) {
            return;
        }
        try (StageLock lock = StageLock.acquire(output, hash)) {
            Files.deleteIfExists(output.outcome(hash));
            Folders.delete(lock.directory());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.STORE_READ_ONLY,
                    "the finished stage " + output.stage(hash) + " cannot be removed: " + FileProblem.inWords(e)
                            + "; make it writable or choose another --output",
                    e);
        }
    }
}
