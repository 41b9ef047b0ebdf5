package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path root;

    @BeforeEach
    void writePictures() throws IOException {
        TinyData.folder(root);
    }

    private DataSplits open() {
        return DataSource.open(DataRequest.of(DataSource.IMAGE_FOLDER).withDirectory(root));
    }

    private String failureOf(Runnable action) {
        return failureOf(HarnessException.Kind.DATA, action);
    }

    private String failureOf(HarnessException.Kind kind, Runnable action) {
        HarnessException failure = assertThrows(HarnessException.class, action::run);
        assertEquals(kind, failure.kind());
        assertEquals(1, failure.getMessage().lines().count());
        return failure.getMessage();
    }

    @Test
    void opencvLoadsHere() {
        assertEquals(Optional.empty(), OpenCvLibrary.problem());
    }

    @Test
    void classesAreTheDirectoriesInOrderAndValIsTheTestSplit() {
        DataSplits splits = open();
        assertEquals(TinyData.CLASSES, splits.train().classNames());
        assertEquals(18, splits.train().size());
        assertEquals(2, splits.validation().size());
        assertEquals(6, splits.test().size());
        assertEquals(0, splits.test().label(2));
        assertEquals(1, splits.test().label(3));
        assertEquals(PixelStatistics.IMAGENET, splits.statistics());
    }

    @Test
    void pngPicturesAreReadExactlyAsRedGreenBlue() {
        Picture picture = open().test().image(2); // val/cat/2.png
        assertEquals(22, picture.width());
        assertEquals(30, picture.height());
        assertEquals(62, picture.level(7, 11, 0));
        assertEquals(7, picture.level(7, 11, 1));
        assertEquals(11, picture.level(7, 11, 2));
    }

    @Test
    void jpegPicturesAreReadAboutAsTheyWere() {
        Picture picture = open().test().image(1); // val/cat/1.jpg
        assertEquals(21, picture.width());
        assertEquals(61, picture.level(15, 10, 0), 12);
        assertEquals(15, picture.level(15, 10, 1), 12);
    }

    @Test
    void theDigestNoticesAChangedFile() throws IOException {
        String before = open().test().digest();
        assertEquals(before, open().test().digest());
        Path file = root.resolve("val/dog/0.png");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        assertNotEquals(before, open().test().digest());
    }

    @Test
    void truncatedPicturesAreNamedInsteadOfFilledWithGrey() throws IOException {
        for (String name : new String[] {"val/cat/0.png", "val/cat/1.jpg"}) {
            Path file = root.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length * 3 / 4));
            int index = name.endsWith("png") ? 0 : 1;
            String message = failureOf(
                    HarnessException.Kind.DATA_DAMAGED, () -> open().test().image(index));
            assertTrue(message.startsWith(file + " is truncated"), message);
        }
    }

    @Test
    void aFileThatIsNoPictureIsNamed() throws IOException {
        Path file = root.resolve("val/cat/0.png");
        Files.writeString(file, "no picture");
        String message = failureOf(
                HarnessException.Kind.DATA_DAMAGED, () -> open().test().image(0));
        assertTrue(message.startsWith(file + " is no image: it is a text"), message);
    }

    @Test
    void aNetpbmPictureOfDigitsIsNoText() throws IOException {
        Files.delete(root.resolve("val/cat/0.png"));
        Files.writeString(root.resolve("val/cat/0.ppm"), "P3 2 1 255 1 2 3 4 5 6\n");
        assertEquals(5, open().test().image(0).level(0, 1, 1));
    }

    @Test
    void aDeletedPictureIsNamed() throws IOException {
        DataSplits splits = open();
        Path file = root.resolve("val/cat/0.png");
        Files.delete(file);
        assertTrue(failureOf(() -> splits.test().image(0)).startsWith(file + " cannot be read (no such file)"));
    }

    @Test
    void aMissingPartIsNamedWithTheExpectedLayout() throws IOException {
        Folders.delete(root.resolve("val"));
        String message = failureOf(this::open);
        assertTrue(message.contains("there is no directory " + root.resolve("val")), message);
        assertTrue(message.contains("val/CLASS/*.jpg"), message);
    }

    @Test
    void differingClassesAreRefused() throws IOException {
        Folders.delete(root.resolve("val/dog"));
        assertTrue(failureOf(this::open).contains("differ"));
    }

    @Test
    void aClassWithoutPicturesIsNamed() throws IOException {
        Folders.delete(root.resolve("train/dog"));
        Files.createDirectory(root.resolve("train/dog"));
        assertTrue(failureOf(this::open).contains(root.resolve("train/dog") + " holds no .jpg"));
    }

    @Test
    void withoutADirectoryTheOptionIsNamed() {
        String message = failureOf(() -> DataSource.open(DataRequest.of(DataSource.IMAGE_FOLDER)));
        assertTrue(message.contains("--data-dir"), message);
    }
}
