package io.maeharness.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    Path directory;

    @Test
    void deletesADirectoryWithAllBelowIt() throws IOException {
        Path folder = directory.resolve("folder");
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/file"), "text");
        Files.writeString(folder.resolve("file"), "text");
        Folders.delete(folder);
        assertFalse(Files.exists(folder));
        assertTrue(Files.exists(directory));
    }

    @Test
    void aMissingDirectoryIsFine() throws IOException {
        Folders.delete(directory.resolve("missing"));
        Folders.deleteQuietly(directory.resolve("missing"));
    }

    @Test
    void leavesAloneWhatALinkLeadsTo() throws IOException {
        Path precious = Files.writeString(
                Files.createDirectory(directory.resolve("kept")).resolve("file"), "precious");
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("link"), precious.getParent());
        Folders.delete(folder);
        assertFalse(Files.exists(folder));
        assertEquals("precious", Files.readString(precious));
    }

    @Test
    void aTemporaryFolderGoesWithItsFiles() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.in(directory.resolve("new"), ".work-")) {
            path = folder.path();
            Files.writeString(path.resolve("file"), "text");
            assertEquals(directory.resolve("new"), path.getParent());
        }
        assertFalse(Files.exists(path));
    }
}
