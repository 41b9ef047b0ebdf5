package io.maeharness.ablations.run;

import io.maeharness.ablations.worker.HolderFile;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps two coordinators off one output directory. The system releases the lock when its process ends, however it ends;
 * the file stays and only says who held it last.
 */
public final class StoreLock implements AutoCloseable {
    /** Past the holder's name, so that systems with mandatory locks let others read it. */
    private static final long LOCKED_BYTE = 1L << 40;

    private final FileChannel channel;
    private final Optional<FileLock> lock;
    private final Optional<HolderFile> holder;

    private StoreLock(FileChannel channel, Optional<FileLock> lock, Optional<HolderFile> holder) {
        this.channel = channel;
        this.lock = lock;
        this.holder = holder;
    }

    /**
     * Takes the lock, creating the directory where needed. On a file system without locks a {@link HolderFile} stands for it.
     *
     * @throws HarnessException {@code STORE_LOCKED} when another process has it, naming it; {@code STORE_READ_ONLY} or
     *     {@code DISK} when the directory cannot be written
     */
    public static StoreLock acquire(OutputDirectory output) {
        return acquire(output, channel -> channel.tryLock(LOCKED_BYTE, 1, false));
    }

    /** As the other, with what asks the file system for a lock. */
    static StoreLock acquire(OutputDirectory output, Locking locking) {
        Path file = output.lock();
        try {
            Files.createDirectories(output.root());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                return locked(output, channel, locking);
            } catch (HarnessException | IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(output.root(), e);
        }
    }

    private static StoreLock locked(OutputDirectory output, FileChannel channel, Locking locking) throws IOException {
        Optional<FileLock> lock;
        try {
            lock = Optional.ofNullable(tryLock(channel, locking));
        } catch (IOException e) {
            if (!HolderFile.isWithoutLocks(e)) {
                throw e;
            }
            return held(output, channel);
        }
        if (lock.isEmpty()) {
            throw inUse(output, holder(channel), "");
        }
        sign(channel);
        return new StoreLock(channel, lock, Optional.empty());
    }

    private static StoreLock held(OutputDirectory output, FileChannel channel) throws IOException {
        Path file = output.lock().resolveSibling(output.lock().getFileName() + ".holder");
        Optional<HolderFile> holder = HolderFile.take(file);
        if (holder.isEmpty()) {
            throw inUse(
                    output,
                    HolderFile.holder(file),
                    "; this file system has no locks: remove " + file + " if that process has ended");
        }
        return new StoreLock(channel, Optional.empty(), holder);
    }

    private static HarnessException inUse(OutputDirectory output, String holder, String more) {
        return new HarnessException(
                HarnessException.Kind.STORE_LOCKED,
                "the results in " + output.root() + " are in use by " + (holder.isEmpty() ? "another process" : holder)
                        + "; wait for it, stop it, or choose another --output" + more);
    }

    /** Asks for the lock of an open file; null when another process has it. */
    @FunctionalInterface
    interface Locking {
        /** The lock, or null. */
        FileLock lock(FileChannel channel) throws IOException;
    }

    private static FileLock tryLock(FileChannel channel, Locking locking) throws IOException {
        try {
            return locking.lock(channel);
        } catch (OverlappingFileLockException e) {
            return null; // held within this process
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(HolderFile.self().getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }

    private static HarnessException unwritable(Path root, IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return new HarnessException(
                    HarnessException.Kind.STORE_READ_ONLY,
                    "the output directory " + root + " is not a directory; choose another --output",
                    e);
        }
        boolean refused = e instanceof AccessDeniedException
                || String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("read-only");
        return refused
                ? new HarnessException(
                        HarnessException.Kind.STORE_READ_ONLY,
                        "the output directory " + root + " cannot be written; make it writable or choose another"
                                + " --output",
                        e)
                : new HarnessException(
                        HarnessException.Kind.DISK,
                        "the output directory " + root + " cannot be used ("
                                + FileProblem.reason(e)
                                + "); free some space or choose another --output",
                        e);
    }

    /**
     * Called before the store is changed.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    void requireHeld() {
        if (!channel.isOpen()) {
            throw new IllegalStateException("the lock was released; acquire it again before changing the store");
        }
    }

    @Override
    public void close() {
        try (channel) {
            if (lock.isPresent()) {
                lock.get().release();
            }
            holder.ifPresent(HolderFile::close);
        } catch (IOException e) {
            throw new HarnessException(HarnessException.Kind.DISK, "the lock was not released: " + e.getMessage(), e);
        }
    }
}
