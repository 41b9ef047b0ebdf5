package io.maeharness.ablations.worker;

import io.maeharness.results.ResultStore;
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
}
