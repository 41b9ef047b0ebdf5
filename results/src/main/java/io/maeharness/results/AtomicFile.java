package io.maeharness.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replaces files as a whole: a reader sees the old contents or the new ones, never a part; except for {@link
 * #writeDerived} also after a power loss.
 *
 * <p>The contents go to a temporary file in the same directory, are forced to the device and then moved over the old
 * file. When anything fails the old file is intact and the temporary one is removed.
 */
public final class AtomicFile {

    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /**
     * Replaces the contents of {@code file}, creating its directory where needed.
     *
     * @throws ResultStoreException when the directory is read-only, the device full or anything else fails
     */
    public static void write(Path file, byte[] contents) {
        write(file, contents, true);
    }

    private static void write(Path file, byte[] contents, boolean force) {
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            replace(directory, file, contents, force);
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
            write(file, contents, true);
        }
        return changed;
    }

    /**
     * As {@link #writeIfChanged}, for files that can be made again from others: a reader still sees the old contents or
     * the new ones, but they are not forced to the device, which would take most of the time of writing many of them.
     *
     * @throws ResultStoreException as {@link #write(Path, byte[])}
     */
    public static boolean writeDerived(Path file, byte[] contents) {
        boolean changed = differs(file, contents);
        if (changed) {
            write(file, contents, false);
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

    private static void replace(Path directory, Path file, byte[] contents, boolean force) throws IOException {
        // Not Files.createTempFile: that makes a file only its owner may read, and results are there to be published.
        Path temporary = directory.resolve("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeFully(channel, ByteBuffer.wrap(contents));
                if (force) {
                    channel.force(true);
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (force) {
                forceDirectory(directory);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes the move itself survive a power loss, where the system lets a directory be opened (Windows does not). */
    private static void forceDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
