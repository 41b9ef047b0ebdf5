package io.maeharness.core.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.error.HarnessException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The weights a stage leaves behind: {@code weights.safetensors} in its directory. That the stage is finished, and what it
 * measured, is told by its outcome alone.
 */
public final class FinishedWeights {
    /** Name of the file in the stage's directory. */
    public static final String FILE = "weights.safetensors";

    private FinishedWeights() {}

    /** Writes weights. */
    public static void write(Path directory, Map<String, NDArray> weights) {
        Safetensors.write(directory.resolve(FILE), weights, Map.of("format", "pt"));
    }

    /** Writes the weights as they are after a part of the training. */
    public static void writeSnapshot(Path directory, int percent, Map<String, NDArray> weights) {
        Safetensors.write(directory.resolve(snapshotFile(percent)), weights, Map.of("format", "pt"));
    }

    /**
     * The weights after a part of the training.
     *
     * @throws HarnessException of kind CHECKPOINT when they are missing or damaged
     */
    public static Map<String, NDArray> readSnapshot(NDManager manager, Path directory, int percent) {
        return readFile(manager, directory.resolve(snapshotFile(percent)));
    }

    /** Name of the file with the weights after a part of the training, in the stage's directory. */
    public static String snapshotFile(int percent) {
        return String.format(Locale.ROOT, "weights-%03d.safetensors", percent);
    }

    /**
     * The weights of a finished stage by name.
     *
     * @throws HarnessException of kind CHECKPOINT when they are missing or damaged
     */
    public static Map<String, NDArray> read(NDManager manager, Path directory) {
        return readFile(manager, directory.resolve(FILE));
    }

    private static Map<String, NDArray> readFile(NDManager manager, Path file) {
        if (!Files.exists(file)) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT, "the weights " + file + " are missing; " + wayOut(file));
        }
        try {
            return Safetensors.read(manager, file).arrays();
        } catch (HarnessException e) {
            if (e.kind() != HarnessException.Kind.CHECKPOINT) {
                throw e;
            }
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT, "the weights " + file + " are damaged; " + wayOut(file), e);
        }
    }

    private static String wayOut(Path file) {
        return "remove the directory " + file.getParent() + " and run the case again";
    }
}
