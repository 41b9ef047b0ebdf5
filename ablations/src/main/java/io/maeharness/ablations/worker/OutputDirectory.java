package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import io.maeharness.files.Folders;
import io.maeharness.results.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run keeps what it makes: {@code results.csv}, {@code provenance/}, {@code curves/}, {@code stages/},
 * {@code pictures/}, {@code logs/} and {@code .lock}.
 *
 * @param root the directory
 */
public record OutputDirectory(Path root) {
    /** Makes the path independent of the working directory. */
    public OutputDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Rows, provenance and loss curves. */
    public ResultStore results() {
        return new ResultStore(root);
    }

    /** Holds one directory a stage, named by its hash: weights, checkpoints and, once it is done, its outcome. */
    public Path stages() {
        return root.resolve("stages");
    }

    /** The directory of a stage. */
    public Path stage(String hash) {
        return stages().resolve(hash);
    }

    /** What a finished stage yielded; exists exactly when the stage is finished. */
    public Path outcome(String hash) {
        return stage(hash).resolve("outcome.json");
    }

    /** Reconstructions. */
    public Path pictures() {
        return root.resolve("pictures");
    }

    /** What a worker printed. */
    public Path log(int worker) {
        return root.resolve("logs").resolve("worker-" + worker + ".log");
    }

    /** Held by the coordinator of a run. */
    public Path lock() {
        return root.resolve(".lock");
    }

    /**
     * Removes what a stage left, outcome and checkpoints, so that it starts anew. Its rows stay until there are new
     * ones. The outcome goes first: a stage that is removed in part is not finished.
     *
     * @throws HarnessException {@code STORE_READ_ONLY} when a file cannot be removed
     */
    public void forget(String hash) {
        if (!Files.exists(stage(hash))) {
            return;
        }
        try (StageLock lock = StageLock.acquire(this, hash)) {
            Files.deleteIfExists(outcome(hash));
            Folders.delete(lock.directory());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.STORE_READ_ONLY,
                    "the finished stage " + stage(hash) + " cannot be removed: " + FileProblem.inWords(e)
                            + "; make it writable or choose another --output",
                    e);
        }
    }
}
