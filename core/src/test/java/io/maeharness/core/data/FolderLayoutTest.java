package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts that people have, and what is said of them. */
class FolderLayoutTest {
    @TempDir
    Path root;

    @BeforeEach
    void writePictures() throws IOException {
        TinyData.folder(root);
    }

    private DataRequest request() {
        return DataRequest.of(DataSource.IMAGE_FOLDER).withDirectory(root);
    }

    private void assertRefused(String said) {
        assertRefused(root, said);
    }

    private static void assertRefused(Path directory, String said) {
        DataRequest request = DataRequest.of(DataSource.IMAGE_FOLDER).withDirectory(directory);
        HarnessException failure = assertThrows(HarnessException.class, () -> DataSource.open(request));
        assertEquals(HarnessException.Kind.DATA, failure.kind());
        assertTrue(failure.getMessage().contains(said), failure.getMessage());
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.copy(root.resolve("train/cat/0.png"), path);
        }
    }

    @Test
    void imagesAtAnyDepthAndOfAllEndingsAreRead() throws IOException {
        write("train/cat/more/yet/x.JFIF", "train/dog/b.webp", "train/dog/c.tif", "train/dog/d.bmp");
        DataSplits splits = DataSource.open(request());
        assertEquals(24, splits.train().size() + splits.validation().size());
        assertEquals(
                "[train: read too, from directories below the class: images of cat (1)]",
                splits.left().lines().toString());
    }

    @Test
    void whatIsNotReadIsSaidByEndingAndClass() throws IOException {
        write("train/cat/a.gif", "train/cat/b.GIF", "train/dog/c.gif", "val/dog/LICENSE", "train/loose.png");
        write("train/cat/.hidden.png", "train/cat/@eaDir/thumb.jpg", "train/cat/Thumbs.db", "train/.git/x.png");
        LeftOut left = DataSource.open(request()).left();
        assertEquals(
                "[train: not read: 3 .gif in cat (2), dog (1); 1 image in no class directory, such as loose.png,"
                        + " val: not read: 1 without an ending in dog (1)]",
                left.lines().toString());
        assertEquals(1, left.facts().size());
    }

    @Test
    void classesOfNumbersSayTheirOrder() throws IOException {
        Folders.delete(root.resolve("val"));
        for (String name : new String[] {"0", "2", "10"}) {
            Files.createDirectories(root.resolve("val").resolve(name));
            Files.copy(
                    root.resolve("train/cat/0.png"),
                    root.resolve("val").resolve(name).resolve("a.png"));
        }
        String remark = DataSource.openTest(request()).left().lines().get(0);
        assertTrue(remark.contains("in the order of their texts, as torchvision has them: 0, 10, 2;"), remark);
        Folders.delete(root.resolve("val/10"));
        assertEquals(LeftOut.NOTHING, DataSource.openTest(request()).left());
    }

    @Test
    void anOrdinaryFolderLeavesNoWord() {
        assertEquals(LeftOut.NOTHING, DataSource.open(request()).left());
    }

    @Test
    void classesOfOnePartAloneAreNamed() throws IOException {
        write("train/bird/a.png", "val/fish/a.png");
        assertRefused("(3) differ: only in train: bird; only in val: fish; both need the same directories");
    }

    @Test
    void aFlatValidationPartIsToldFromImageNets() throws IOException {
        Folders.delete(root.resolve("val"));
        write("val/a.png", "val/b.png");
        assertRefused(
                "holds no class directories but 2 images, such as a.png: move each to the directory of its class");
        write("val/ILSVRC2012_val_00000001.JPEG");
        assertRefused("but 3 images, such as ILSVRC2012_val_00000001.JPEG: ImageNet's validation images come flat");
    }

    @Test
    void imageNetsTarOfTarsIsToldHowToBeUnpacked() throws IOException {
        Folders.delete(root.resolve("train"));
        Files.createDirectories(root.resolve("train"));
        Files.writeString(root.resolve("train/n01440764.tar"), "");
        assertRefused("but 1 tar archive, such as n01440764.tar: ImageNet comes as one a class; in");
        Folders.delete(root.resolve("train"));
        Files.writeString(root.resolve("ILSVRC2012_img_train.tar"), "");
        assertRefused("ILSVRC2012_img_train.tar is not unpacked: mkdir train && tar -xf");
    }

    @Test
    void aDirectoryBesideTheRightOneIsToldTheWay() throws IOException {
        assertRefused(root.resolve("train"), "name the directory above it, --data-dir " + root);
        Files.move(root.resolve("val"), root.resolve("validation"));
        assertRefused("if validation holds the images that accuracies are measured on, rename it");
        Path kaggle = Files.createDirectories(root.resolve("outer/ILSVRC/Data/CLS-LOC"));
        assertRefused(root.resolve("outer"), "the images are in " + kaggle);
        assertRefused(root.resolve("validation/cat/0.png"), "0.png is a file, expected a directory; unpack it");
    }

    @Test
    void anEmptyClassSaysWhatItHoldsInstead() throws IOException {
        write("train/bird/a.gif", "val/bird/a.png");
        assertRefused("holds no .jpg, .jpeg, .jpe, .jfif, .png, .webp, .bmp, .tif");
        assertRefused("file but 1 .gif; add images to the class or delete the directory from both parts");
    }

    @Test
    void testImagesNeedNoTrainingImages() throws IOException {
        String digest = DataSource.openTest(request()).images().digest();
        Folders.delete(root.resolve("train"));
        DataSource.TestImages alone = DataSource.openTest(request());
        assertEquals(6, alone.images().size());
        assertEquals(digest, alone.images().digest());
        DataSource.TestImages classes = DataSource.openTest(request().withDirectory(root.resolve("val")));
        assertEquals(digest, classes.images().digest());
    }
}
