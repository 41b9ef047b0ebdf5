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
}
