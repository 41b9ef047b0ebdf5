package io.maeharness.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] OLD = bytes("old");
    private static final byte[] NEW = bytes("new");

    @TempDir
    Path directory;

    @Test
    void createsTheDirectoriesOfAFile() throws IOException {
        Path file = directory.resolve("a/b/file");
        AtomicFile.write(file, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(file));
    }

    @Test
    void leavesNothingBesideTheFile() throws IOException {
        AtomicFile.write(file(), NEW);
        AtomicFile.writeDerived(file(), OLD);
        AtomicFile.stream(file(), channel -> channel.write(ByteBuffer.wrap(NEW)));
        assertEquals(List.of(file()), entries());
    }

    @Test
    void keepsTheOldContentsWhenWritingFails() throws IOException {
        Files.write(file(), OLD);
        IOException thrown = assertThrows(
                IOException.class,
                () -> AtomicFile.stream(file(), channel -> {
                    channel.write(ByteBuffer.wrap(NEW));
                    throw new IOException("the device is full");
                }));
        assertEquals("the device is full", thrown.getMessage());
        assertArrayEquals(OLD, Files.readAllBytes(file()));
        assertEquals(List.of(file()), entries());
    }

    @Test
    void keepsTheOldContentsWhenTheCallerErrs() throws IOException {
        Files.write(file(), OLD);
        assertThrows(
                IllegalArgumentException.class,
                () -> AtomicFile.stream(file(), channel -> {
                    throw new IllegalArgumentException("no such tensor");
                }));
        assertArrayEquals(OLD, Files.readAllBytes(file()));
        assertEquals(List.of(file()), entries());
    }

    @Test
    void writesOverWhatAKilledProcessLeft() throws IOException {
        Files.write(directory.resolve("file.part"), bytes("much of a large file"));
        AtomicFile.stream(file(), channel -> channel.write(ByteBuffer.wrap(NEW)));
        assertArrayEquals(NEW, Files.readAllBytes(file()));
        assertEquals(List.of(file()), entries());
    }

    @Test
    void othersMayReadTheFileIfTheyMayReadItsNeighbours() throws IOException {
        Path neighbour = Files.write(directory.resolve("neighbour"), OLD);
        AtomicFile.write(file(), NEW);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals(Files.getPosixFilePermissions(neighbour), Files.getPosixFilePermissions(file()));
        }
    }

    private Path file() {
        return directory.resolve("file");
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
