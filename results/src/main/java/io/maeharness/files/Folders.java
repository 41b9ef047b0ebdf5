package io.maeharness.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories with all that is below them; symbolic links are taken for themselves and not followed. */
public final class Folders {
    private static final long ALMOST_NOTHING = 64 << 10;

    private Folders() {}

    /** Deletes a directory and all below it; a missing one is fine. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> parentsFirst = parentsFirst(folder);
        for (int i = parentsFirst.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(parentsFirst.get(i));
        }
    }

    /** As {@link #delete} for what nobody misses: what cannot be deleted now is tried again when this process ends. */
    public static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            deleteOnExit(folder);
        }
    }

    private static void deleteOnExit(Path folder) {
        try {
            parentsFirst(folder).forEach(path -> path.toFile().deleteOnExit()); // The last one named goes first.
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }

    private static List<Path> parentsFirst(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }

    /** Whether the device of a directory has no room left, as far as it tells. */
    public static boolean onFullDevice(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() < ALMOST_NOTHING;
        } catch (IOException e) {
            return false; // Then the failure that made somebody ask is the one to report.
        }
    }
}
