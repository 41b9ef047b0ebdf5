package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two workers off one stage: when a coordinator was killed and another starts at once, a worker of the first may
 * still be writing its last checkpoint. The second waits for it. A lock ends with its process.
 */
final class StageLock implements AutoCloseable {
    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private StageLock(Path directory, FileChannel channel, FileLock lock) {
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
            return new StageLock(directory, channel, channel.lock());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot write " + file + ": " + FileProblem.inWords(e)
                            + "; check the path or choose another --output",
                    e);
        }
    }

    /** The directory of the stage, which exists now. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            System.err.println("a stage's lock was not released: " + FileProblem.inWords(e));
        }
    }
}
