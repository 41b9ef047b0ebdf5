package io.maeharness.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the file system refuses is said in words, and what is no text file is not read for ever. */
class FileProblemTest {
    @TempDir
    private Path directory;

    @Test
    void aReasonThatJavaLeavesToTheNameOfTheExceptionIsSaid() {
        assertEquals("/a: there is no such file or directory", FileProblem.inWords(new NoSuchFileException("/a")));
        assertEquals("/a: permission denied", FileProblem.inWords(new AccessDeniedException("/a")));
        assertEquals("/a: disk on fire", FileProblem.inWords(new FileSystemException("/a", null, "disk on fire")));
        assertEquals("the file ends too early", FileProblem.reason(new EOFException()));
        assertEquals("its text is not UTF-8", FileProblem.reason(new MalformedInputException(1)));
        assertEquals("reading or writing failed", FileProblem.reason(new IOException()));
    }

    @Test
    void aDirectoryAndALargeFileAreNoText() throws IOException {
        assertEquals("it is a directory", reasonOf(directory, 10));
        Path file = Files.writeString(directory.resolve("a"), "12345678901");
        assertEquals("it has 11 bytes, and such a file has no more than 10", reasonOf(file, 10));
        assertEquals("12345678901", TextFile.read(file, 11));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "it is about a device of Linux")
    void aDeviceIsNoText() {
        assertEquals("it is no regular file", reasonOf(Path.of("/dev/zero"), 10));
    }

    /** What may not be looked for is not taken for missing; {@code .ci/machines} tries the commands as another user. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "permissions of POSIX")
    void whatPermissionsHideIsNotMissing() throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Path file = Files.writeString(closed.resolve("a"), "a");
        assertEquals(Optional.empty(), FileProblem.denied(file));
        assertEquals(Optional.empty(), FileProblem.denied(directory.resolve("b/c")));
        Files.setPosixFilePermissions(file, Set.of());
        try {
            assumeFalse(Files.isReadable(file), "this user may read what has no permissions (root)");
            assertEquals(Optional.of("permission denied"), FileProblem.denied(file));
            Files.setPosixFilePermissions(closed, Set.of());
            assertEquals(Optional.of("permission denied"), FileProblem.denied(closed));
            assertEquals(Optional.of("permission denied by " + closed), FileProblem.denied(file));
            assertEquals(Optional.of("permission denied by " + closed), FileProblem.denied(closed.resolve("b/c")));
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aMessageIsOneShortLineThatKeepsItsWayOut() {
        assertEquals("a b ?[2Jc", MessageLine.of(" a\n  b \u001b[2Jc "));
        String line = MessageLine.of("cause " + "x".repeat(100_000) + " way out");
        assertTrue(line.startsWith("cause ") && line.endsWith(" way out") && line.length() < 1200, line);
    }

    private static String reasonOf(Path file, long most) {
        return FileProblem.reason(assertThrows(IOException.class, () -> TextFile.read(file, most)));
    }
}
