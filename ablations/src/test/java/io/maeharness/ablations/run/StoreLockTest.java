package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
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
