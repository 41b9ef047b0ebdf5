package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.train.FinishedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a finished stage's weights are still there, for those that start from it: somebody may have made room. */
public final class KeptWeights {
    private KeptWeights() {}

    /**
     * Whether a stage has left the weights that another starts from.
     *
     * @param parent hash of the stage
     * @param child starts from it
     */
    public static boolean serve(OutputDirectory output, String parent, Stage child) {
        return Files.isRegularFile(output.stage(parent).resolve(file(child)));
    }

    private static String file(Stage child) {
        return child instanceof Stage.Knn knn && knn.snapshot().isPresent()
                ? FinishedWeights.snapshotFile(knn.snapshot().get())
                : FinishedWeights.FILE;
    }

    /**
     * Removes the final weights, so that the stage is trained again and leaves all of its files; its outcome stays.
     *
     * @throws HarnessException of kind STORE_READ_ONLY when they cannot be removed
     */
    public static void forget(OutputDirectory output, String hash) {
        Path file = output.stage(hash).resolve(FinishedWeights.FILE);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.STORE_READ_ONLY,
                    "the weights " + file + " cannot be removed: " + e.getMessage()
                            + "; make them writable or choose another --output",
                    e);
        }
    }
}
