package io.maeharness.results;

import io.maeharness.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files of results, replaced as a whole by {@link AtomicFile}; what fails is a {@link ResultStoreException}. */
public final class StoreFile {
    private StoreFile() {}

    /**
     * Replaces the contents of {@code file}, creating its directory where needed.
     *
     * @throws ResultStoreException when the directory is read-only, the device full or anything else fails
     */
    public static void write(Path file, byte[] contents) {
        try {
            AtomicFile.write(file, contents);
        } catch (IOException e) {
            throw ResultStoreException.onWrite(file, e);
        }
    }

    /**
     * Replaces the contents of {@code file} with UTF-8 text.
     *
     * @throws ResultStoreException as {@link #write(Path, byte[])}
     */
    public static void write(Path file, String contents) {
        write(file, contents.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces the contents of {@code file} unless they are the same already, and tells whether it did.
     *
     * @throws ResultStoreException as {@link #write(Path, byte[])}
     */
    public static boolean writeIfChanged(Path file, byte[] contents) {
        boolean changed = differs(file, contents);
        if (changed) {
            write(file, contents);
        }
        return changed;
    }

    /**
     * As {@link #writeIfChanged}, for files that can be made again from others, by {@link AtomicFile#writeDerived}.
     *
     * @throws ResultStoreException as {@link #write(Path, byte[])}
     */
    public static boolean writeDerived(Path file, byte[] contents) {
        boolean changed = differs(file, contents);
        if (changed) {
            try {
                AtomicFile.writeDerived(file, contents);
            } catch (IOException e) {
                throw ResultStoreException.onWrite(file, e);
            }
        }
        return changed;
    }

    private static boolean differs(Path file, byte[] contents) {
        try {
            return !Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), contents);
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        }
    }
}
