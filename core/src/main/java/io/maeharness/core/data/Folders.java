package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary directories beside the place where their content ends up. */
final class Folders {

    private static final long ALMOST_NOTHING = 64 << 10;

    private Folders() {}

    /** Deletes a directory and all below it; null and a missing one are fine. */
    static void delete(Path folder) {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot delete the temporary directory " + folder + " (" + DataFile.reason(e)
                            + "); delete it by hand",
                    e);
        }
    }

    /**
     * Returns the problem behind a failed write into a directory: a full disk is one of its own kind.
     *
     * @param what the failed action and the way out when the disk is not full
     */
    static HarnessException writeFailure(Path directory, String what, IOException cause) {
        if (isFull(directory)) {
            return new HarnessException(
                    HarnessException.Kind.DISK,
                    "the disk of " + directory + " is full; free some space or name another cache directory",
                    cause);
        }
        return HarnessException.data(what, cause);
    }

    private static boolean isFull(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() < ALMOST_NOTHING;
        } catch (IOException e) {
            return false; // then the first problem is the one to report
        }
    }
}
