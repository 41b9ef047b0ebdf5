package io.maeharness.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Text files that a user names: a device or a pipe, which may never end, is none, nor is a file of any size. */
public final class TextFile {
    /** Most bytes of what a person writes. */
    public static final long WRITTEN_BY_HAND = 1L << 20;

    /** Most bytes of what a program writes: some hundred thousand rows. */
    public static final long WRITTEN_BY_PROGRAM = 64L << 20;

    private TextFile() {}

    /**
     * The text of a file in UTF-8.
     *
     * @param most bytes that such a file may have
     * @throws IOException when it cannot be read, is no regular file, is larger, or is not UTF-8
     */
    public static String read(Path file, long most) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(
                    file.toString(), null, Files.isDirectory(file) ? "it is a directory" : "it is no regular file");
        }
        if (Files.size(file) > most) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    String.format(
                            Locale.ROOT,
                            "it has %,d bytes, and such a file has no more than %,d",
                            Files.size(file),
                            most));
        }
        return Files.readString(file);
    }
}
