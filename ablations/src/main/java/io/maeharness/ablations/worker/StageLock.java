package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps two workers off one stage: when a coordinator was killed and another starts at once, a worker of the first may
 * still be writing its last checkpoint. The second waits for it. A lock ends with its process.
 */
final class StageLock implements AutoCloseable {
    private static final long POLL_MILLIS = 200;

    private final Path directory;
    private final FileChannel channel;
    private final AutoCloseable lock;

    private StageLock(Path directory, FileChannel channel, AutoCloseable lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits until the stage is free. */
    static StageLock acquire(OutputDirectory output, String hash) {
        Path file = output.stages().resolve("." + hash + ".lock");
        try {
            Path directory = Files.createDirectories(output.stage(hash));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new StageLock(directory, channel, lock(file, channel));
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot write " + file + ": " + FileProblem.inWords(e)
                            + "; check the path or choose another --output",
                    e);
        }
    }

    private static AutoCloseable lock(Path file, FileChannel channel) throws IOException {
        try {
            return channel.lock();
        } catch (IOException e) {
            if (!HolderFile.isWithoutLocks(e)) {
                throw e;
            }
            return held(file.resolveSibling(file.getFileName() + ".holder"));
        }
    }

    /** A process of another machine cannot be waited for; the lock of the results keeps those off that still run. */
    private static AutoCloseable held(Path file) throws IOException {
        for (Optional<HolderFile> held = HolderFile.take(file); ; held = HolderFile.take(file)) {
            if (held.isPresent()) {
                return held.get();
            }
            if (HolderFile.isElsewhere(HolderFile.holder(file))) {
                Files.deleteIfExists(file);
                continue;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while another process computes the stage");
            }
        }
    }

    /** The directory of the stage, which exists now. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try (channel) {
            lock.close();
        } catch (Exception e) { // a file that could not be closed
            System.err.println("a stage's lock was not released: " + e.getMessage());
        }
    }
}
