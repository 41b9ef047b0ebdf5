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
        var kept = new PictureEntry("Kept", "kept.png", "What is to be seen.");
        Pictures.write(directory, List.of(kept, new PictureEntry("Gone", "gone.png", "Nothing.")));
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
}
