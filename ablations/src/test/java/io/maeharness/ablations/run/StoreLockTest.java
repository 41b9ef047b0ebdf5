package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.worker.HolderFile;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
    @TempDir
    Path directory;

    @Test
    void aSecondCoordinatorIsToldWhoHoldsTheStore() throws Exception {
        Process holder = CoordinatorMain.start(directory.resolve("out"), directory.resolve("log"), 200);
        try {
            CoordinatorMain.workersOf(holder);
            OutputDirectory output = new OutputDirectory(directory.resolve("out"));
            HarnessException thrown =
                    assertThrows(HarnessException.class, () -> Runs.run(output, TestProfile.plan("table1f"), 1));
            assertEquals(HarnessException.Kind.STORE_LOCKED, thrown.kind());
            assertTrue(thrown.getMessage().contains("process " + holder.pid() + " on "), thrown.getMessage());
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void aLockLeftByADeadProcessIsNoObstacle() throws IOException {
        OutputDirectory output = new OutputDirectory(directory);
        Files.writeString(output.lock(), "process 1 on elsewhere");
        try (StoreLock lock = StoreLock.acquire(output)) {
            lock.requireHeld();
        }
    }

    @Test
    void aReleasedLockCanBeTakenAgain() {
        OutputDirectory output = new OutputDirectory(directory);
        StoreLock.acquire(output).close();
        StoreLock.acquire(output).close();
        assertTrue(Files.exists(output.lock()));
    }

    @Test
    void onAFileSystemWithoutLocksAFileTellsWhoHoldsTheStore() throws IOException {
        OutputDirectory output = new OutputDirectory(directory);
        StoreLock.Locking none = channel -> {
            throw new IOException("No locks available");
        };
        Path file = directory.resolve(output.lock().getFileName() + ".holder");
        try (StoreLock lock = StoreLock.acquire(output, none)) {
            lock.requireHeld();
            assertEquals(
                    HarnessException.Kind.STORE_LOCKED,
                    assertThrows(HarnessException.class, () -> StoreLock.acquire(output, none))
                            .kind());
        }
        assertTrue(Files.notExists(file));
        Files.writeString(file, HolderFile.self().replaceFirst("\\d+", "999999999"));
        StoreLock.acquire(output, none).close(); // its process has ended
        Files.writeString(file, "process 1 on elsewhere");
        HarnessException thrown = assertThrows(HarnessException.class, () -> StoreLock.acquire(output, none));
        assertTrue(thrown.getMessage().contains("in use by process 1 on elsewhere"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("remove " + file), thrown.getMessage());
    }

    @Test
    void aDiskThatFailsIsNotTakenForOneWithoutLocks() {
        OutputDirectory output = new OutputDirectory(directory);
        HarnessException thrown = assertThrows(
                HarnessException.class,
                () -> StoreLock.acquire(output, channel -> {
                    throw new IOException("Input/output error");
                }));
        assertEquals(HarnessException.Kind.DISK, thrown.kind());
    }

    @Test
    void withinOneProcessTooOnlyOneHoldsTheStore() {
        OutputDirectory output = new OutputDirectory(directory);
        try (StoreLock lock = StoreLock.acquire(output)) {
            lock.requireHeld();
            HarnessException thrown = assertThrows(HarnessException.class, () -> StoreLock.acquire(output));
            assertEquals(HarnessException.Kind.STORE_LOCKED, thrown.kind());
        }
    }

    @Test
    void anOutputDirectoryThatIsAFileIsOneClearLine() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        HarnessException thrown =
                assertThrows(HarnessException.class, () -> StoreLock.acquire(new OutputDirectory(file.resolve("out"))));
        assertEquals(HarnessException.Kind.DISK, thrown.kind());
        assertTrue(thrown.getMessage().startsWith("the output directory " + file), thrown.getMessage());
    }
}
