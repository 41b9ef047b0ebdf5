package io.maeharness.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replaces files as a whole: a reader sees the old contents or the new ones, never a part; except for {@link
 * #writeDerived} also after a power loss.
 *
 * <p>The contents go to a temporary file in the same directory, are forced to the device and then moved over the old
 * file. When anything fails the old file is intact and the temporary one is removed. Directories are created where needed.
 */
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /** What a file shall hold, written piece by piece. */
    @FunctionalInterface
    public interface Contents {
        /** Writes all of it. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Replaces the contents of a file. Several processes may do so at once: one of them is last. */
    public static void write(Path file, byte[] contents) throws IOException {
        replace(file, temporary(file), true, channel -> writeFully(channel, ByteBuffer.wrap(contents)));
    }

    /**
     * As {@link #write}, for files that can be made again from others: they are not forced to the device, which would take
     * most of the time of writing many of them.
     */
    public static void writeDerived(Path file, byte[] contents) throws IOException {
        replace(file, temporary(file), false, channel -> writeFully(channel, ByteBuffer.wrap(contents)));
    }

    /**
     * Replaces the contents of a file that may be larger than memory, by one process at a time. What a killed process left
     * of it, {@code NAME.part}, is written over by the next.
     */
    public static void stream(Path file, Contents contents) throws IOException {
        replace(file, file.resolveSibling(file.getFileName() + ".part"), true, contents);
    }

    /** Writes what remains in a buffer. */
    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Moves a complete file over another one of the same directory tree, in one step where the file system can. */
    public static void move(Path complete, Path file) throws IOException {
        try {
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Not that of Files.createTempFile: only its owner may read it, and results are there to be published. */
    private static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + ".tmp");
    }

    private static void replace(Path file, Path temporary, boolean force, Contents contents) throws IOException {
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                contents.writeTo(channel);
                if (force) {
                    channel.force(true);
                }
            }
            move(temporary, file);
        } finally {
            temporary.toFile().delete(); // Nothing is there unless something failed, whose reason matters more.
        }
        if (force) {
            forceDirectory(directory);
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
}
