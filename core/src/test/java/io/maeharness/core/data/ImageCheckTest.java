package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageCheckTest {
    @TempDir
    Path root;

    @TempDir
    Path cache;

    @BeforeEach
    void writePictures() throws IOException {
        TinyData.folder(root);
    }

    private DataRequest request(DamagedImages damaged) {
        return DataRequest.of(DataSource.IMAGE_FOLDER)
                .withDirectory(root)
                .withCacheDirectory(cache)
                .withDamaged(damaged);
    }

    private void damage(String... files) throws IOException {
        for (String file : files) {
            Files.writeString(root.resolve(file), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
        }
    }

    private String refusal() {
        HarnessException failure =
                assertThrows(HarnessException.class, () -> DataSource.open(request(DamagedImages.REFUSED)));
        assertEquals(HarnessException.Kind.DATA_DAMAGED, failure.kind());
        return failure.getMessage();
    }

    @Test
    void allDamagedImagesAreCountedTheFirstNamedAndAllListed() throws IOException {
        damage("train/cat/0.png", "train/cat/1.jpg", "train/dog/2.png", "val/dog/1.jpg");
        String message = refusal();
        assertTrue(message.startsWith("4 of 26 images are damaged: " + root.resolve("train/cat/0.png")), message);
        assertTrue(message.contains("; and 1 more, all in " + cache), message);
        assertTrue(message.endsWith("or leave them out with --skip-damaged"), message);
        assertEquals(1, message.lines().count());
        try (var records = Files.walk(cache)) {
            List<String> lines = records.filter(Files::isRegularFile)
                    .flatMap(file -> {
                        try {
                            return Files.readAllLines(file).stream();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .filter(line -> line.contains("Git LFS; run") || line.contains("git lfs pull"))
                    .toList();
            assertEquals(4, lines.size());
        }
    }

    @Test
    void aJpegWhoseDataAreDamagedInTheMiddleIsFound() throws IOException {
        Path file = root.resolve("train/cat/1.jpg");
        byte[] photograph = TinyData.photograph(96);
        Files.write(file, photograph);
        DataSource.open(request(DamagedImages.REFUSED));
        Arrays.fill(photograph, photograph.length / 2, photograph.length * 2 / 3, (byte) 0);
        Files.write(file, photograph);
        assertTrue(
                refusal()
                        .startsWith("1 of 26 images is damaged: " + file
                                + " is damaged: 621 extraneous bytes before marker 0xd9"),
                refusal());
    }

    @Test
    void aPngWithADamagedChunkIsFoundAndOneWithAStrangeColourProfileIsRead() throws IOException {
        Path file = root.resolve("train/cat/0.png");
        byte[] png = Files.readAllBytes(file);
        byte[] profile = {0, 0, 0, 3, 'i', 'C', 'C', 'P', 'x', 0, 0, 0, 0, 0, 0};
        byte[] with = Arrays.copyOf(png, png.length + profile.length);
        System.arraycopy(png, 33, with, 33 + profile.length, png.length - 33);
        System.arraycopy(profile, 0, with, 33, profile.length);
        Path other = Files.write(root.resolve("train/cat/2.png"), with);
        assertEquals(ImageFile.read(file), ImageFile.read(other));
        png[png.length - 20] ^= 1;
        Files.write(file, png);
        assertTrue(refusal().contains("the checksum of its chunk IDAT at byte"), refusal());
    }

    @Test
    void aLinkWithoutItsFileIsNotDamagedButUnreadable() throws IOException {
        Files.delete(root.resolve("train/cat/0.png"));
        Files.createSymbolicLink(root.resolve("train/cat/0.png"), root.resolve("gone"));
        HarnessException failure =
                assertThrows(HarnessException.class, () -> DataSource.open(request(DamagedImages.SKIPPED)));
        assertEquals(HarnessException.Kind.DATA, failure.kind());
        assertTrue(failure.getMessage().startsWith("1 of 20 images of " + root.resolve("train")), failure.getMessage());
        assertTrue(failure.getMessage().contains("git annex get"), failure.getMessage());
    }

    /** The null device stands for what is no file: the end of a pipe may never come. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDeviceUnderTheNameOfAnImageIsNotOpened() throws IOException {
        Files.delete(root.resolve("train/cat/0.png"));
        Files.createSymbolicLink(root.resolve("train/cat/0.png"), Path.of("/dev/null"));
        HarnessException failure =
                assertThrows(HarnessException.class, () -> DataSource.open(request(DamagedImages.REFUSED)));
        assertTrue(
                failure.getMessage().endsWith("0.png; 1 of them are pipes, devices or directories: delete them"),
                failure.getMessage());
    }

    @Test
    void withoutThemItIsAnotherDataSetThatSaysSo() throws IOException {
        String whole = DataSource.open(request(DamagedImages.SKIPPED)).digest();
        assertEquals(whole, DataSource.open(request(DamagedImages.UNCHECKED)).digest());
        damage("train/cat/0.png");
        String damaged = DataSource.open(request(DamagedImages.UNCHECKED)).digest();
        DataSplits skipped = DataSource.open(request(DamagedImages.SKIPPED));
        assertEquals(19, skipped.train().size() + skipped.validation().size());
        assertNotEquals(damaged, skipped.digest());
        assertEquals(
                "{damaged images skipped=imagefolder/train: 1 of 20 skipped, damaged: cat/0.png}",
                skipped.left().facts().toString());
    }

    @Test
    void imagesAreDecodedOnceUnlessTheyChange() throws IOException {
        Files.setLastModifiedTime(root.resolve("train/cat/0.png"), FileTime.fromMillis(1_000_000));
        DataSource.open(request(DamagedImages.REFUSED));
        Path record;
        try (var records = Files.walk(cache)) {
            record = records.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        for (String part : List.of("train", "val")) {
            try (var records = Files.list(record.getParent())) {
                assertEquals(2, records.count(), part);
            }
        }
        Files.writeString(record, Files.readString(record) + "cat/0.png\tis remembered\n");
        assertTrue(refusal().contains("cat/0.png is remembered"));
        Files.setLastModifiedTime(root.resolve("train/cat/0.png"), FileTime.fromMillis(2_000_000));
        Files.setLastModifiedTime(root.resolve("val/cat/0.png"), FileTime.fromMillis(2_000_000));
        DataSource.open(request(DamagedImages.REFUSED));
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoHindrance() throws IOException {
        damage("train/cat/0.png", "train/cat/1.jpg", "train/cat/2.png", "train/cat/3.jpg");
        Path file = Files.writeString(cache.resolve("file"), "");
        DataRequest request = request(DamagedImages.REFUSED).withCacheDirectory(file);
        HarnessException failure = assertThrows(HarnessException.class, () -> DataSource.open(request));
        assertTrue(failure.getMessage().contains("; and 1 more; replace"), failure.getMessage());
    }

    @Test
    void aClassOfDamagedImagesAloneIsRefused() throws IOException {
        damage("val/cat/0.png", "val/cat/1.jpg", "val/cat/2.png");
        HarnessException failure =
                assertThrows(HarnessException.class, () -> DataSource.open(request(DamagedImages.SKIPPED)));
        assertTrue(
                failure.getMessage().startsWith("all images of " + root.resolve("val/cat") + " are damaged"),
                failure.getMessage());
    }
}
