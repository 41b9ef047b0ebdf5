package io.maeharness.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that goes, with all in it, when it is closed, or when the process is stopped before.
 *
 * @param path of the directory, which only its owner may read
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFolder::deleteOpen, "temporary folders"));
    }

    /** One in the system's place for temporary files. */
    public static TemporaryFolder create(String prefix) throws IOException {
        return opened(Files.createTempDirectory(prefix));
    }

    /** One in a directory, which is created where needed, so that its files can be moved into that one in one step. */
    public static TemporaryFolder in(Path directory, String prefix) throws IOException {
        return opened(Files.createTempDirectory(Files.createDirectories(directory), prefix));
    }

    private static TemporaryFolder opened(Path path) {
        OPEN.add(path);
        return new TemporaryFolder(path);
    }

    private static void deleteOpen() {
        for (Path path : OPEN) {
            try {
                Folders.delete(path);
            } catch (IOException e) {
                // Nobody is left who could do better.
            }
        }
    }

    @Override
    public void close() {
        Folders.deleteQuietly(path);
        OPEN.remove(path);
    }
}
