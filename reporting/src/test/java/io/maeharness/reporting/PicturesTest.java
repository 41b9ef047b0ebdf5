package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maeharness.results.ResultStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {

    @TempDir
    Path directory;

    @Test
    void aListComesBackWithoutPicturesThatAreGone() throws IOException {
        var kept = new Pictures.Picture("Kept", "kept.png", "What is to be seen.");
        Pictures.write(directory, List.of(kept, new Pictures.Picture("Gone", "gone.png", "Nothing.")));
        Files.write(directory.resolve("kept.png"), new byte[] {1});
        assertEquals(List.of(kept), Pictures.read(directory));
    }

    @Test
    void aDirectoryWithoutAListHasNoPictures() {
        assertEquals(List.of(), Pictures.read(directory.resolve("nowhere")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[{\"title\":1", "[{\"title\":\"a\",\"file\":\"../x.png\",\"caption\":\"b\"}]"})
    void aDamagedListIsOneLineThatNamesTheFile(String damaged) throws IOException {
        Path file = Files.writeString(directory.resolve(Pictures.FILE_NAME), damaged);
        var error = assertThrows(ResultStoreException.class, () -> Pictures.read(directory));
        assertEquals(1, error.getMessage().lines().count());
        assertEquals(0, error.getMessage().indexOf(file.toString()));
    }

    @Test
    void aDirectoryIsCompletedByThePicturesItLacks() throws IOException {
        Path own = Files.createDirectories(directory.resolve("own"));
        Path other = Files.createDirectories(directory.resolve("other"));
        var both = new Pictures.Picture("Both", "both.png", "Drawn here.");
        var added = new Pictures.Picture("Added", "added.png", "Drawn elsewhere.");
        Files.write(own.resolve("both.png"), new byte[] {1});
        Files.write(other.resolve("both.png"), new byte[] {2});
        Files.write(other.resolve("added.png"), new byte[] {3});
        Pictures.write(own, List.of(both));
        Pictures.write(other, List.of(new Pictures.Picture("Both", "both.png", "Drawn elsewhere."), added));
        Pictures.complete(own, other);
        assertEquals(List.of(both, added), Pictures.read(own));
        assertEquals(1, Files.readAllBytes(own.resolve("both.png"))[0]);
        assertEquals(3, Files.readAllBytes(own.resolve("added.png"))[0]);
    }
}
