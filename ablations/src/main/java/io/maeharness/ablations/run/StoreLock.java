package io.maeharness.ablations.run;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

/**
 * Keeps two coordinators off one output directory. The system releases the lock when its process ends, however it ends;
 * the file stays and only says who held it last.
 */
public final class StoreLock implements AutoCloseable {
    /** Past the holder's name, so that systems with mandatory locks let others read it. */
    private static final long LOCKED_BYTE = 1L << 40;

    private final FileChannel channel;
    private final FileLock lock;

    private StoreLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock, creating the directory where needed.
     *
     * @throws HarnessException {@code STORE_LOCKED} when another process has it, naming it; {@code STORE_READ_ONLY} or
     *     {@code DISK} when the directory cannot be written
     */
    public static StoreLock acquire(OutputDirectory output) {
        Path file = output.lock();
        try {
            Files.createDirectories(output.root());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = holder(channel);
                channel.close();
                throw new HarnessException(
                        HarnessException.Kind.STORE_LOCKED,
                        "the results in " + output.root() + " are in use by " + holder
                                + "; wait for it, stop it, or choose another --output");
            }
            sign(channel);
            return new StoreLock(channel, lock);
        } catch (IOException e) {
            throw unwritable(output.root(), e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // held within this process
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        String holder = "process " + ProcessHandle.current().pid() + " on " + host();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        channel.read(bytes, 0);
        String holder = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
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
        if (!lock.isValid()) {
            throw new IllegalStateException("the lock was released; acquire it again before changing the store");
        }
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new HarnessException(HarnessException.Kind.DISK, "the lock was not released: " + e.getMessage(), e);
        }
    }
}
