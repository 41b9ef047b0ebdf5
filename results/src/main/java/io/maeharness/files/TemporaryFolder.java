package io.maeharness.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory that goes, with all in it, when it is closed.
 *
 * @param path of the directory, which only its owner may read
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
    /** One in the system's place for temporary files. */
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    /** One in a directory, which is created where needed, so that its files can be moved into that one in one step. */
    public static TemporaryFolder in(Path directory, String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(Files.createDirectories(directory), prefix));
    }

    @Override
    public void close() {
        Folders.deleteQuietly(path);
    }
}
