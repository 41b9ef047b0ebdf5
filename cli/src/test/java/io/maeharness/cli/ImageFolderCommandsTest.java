package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of a folder of images. */
class ImageFolderCommandsTest {
    @TempDir
    private Path directory;

    private Path images;

    @BeforeEach
    void fourImagesAClass() throws IOException {
        images = directory.resolve("images");
        for (String folder : new String[] {"train/a", "train/b", "val/a", "val/b"}) {
            Path below = Files.createDirectories(images.resolve(folder));
            for (int i = 0; i < 4; i++) {
                BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
                ImageIO.write(image, "png", below.resolve(i + ".png").toFile());
            }
        }
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--profile", "smoke", "--set", "data.dataset=imagefolder"));
        all.addAll(List.of("--data-dir", images.toString()));
        all.addAll(List.of("--output", directory.resolve("out").toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun plan(String... more) {
        List<String> all = new ArrayList<>(List.of("plan", "context/raw-pixels", "--no-calibration"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    @Test
    void aPlanSaysWhatIsNotRead() throws IOException {
        Files.writeString(images.resolve("train/a/x.gif"), "GIF89a");
        CommandLineRun plan = plan();
        assertEquals(ExitCode.OK.code(), plan.code(), plan.toString());
        assertEquals("images: train: not read: 1 .gif in a (1)", plan.err().strip());
    }

    @Test
    void aDamagedImageIsRefusedBeforeTheRunOrLeftOut() throws IOException {
        Files.writeString(images.resolve("val/b/1.png"), "<html>");
        CommandLineRun refused = plan();
        assertEquals(ExitCode.DATA_DAMAGED.code(), refused.code(), refused.toString());
        assertTrue(
                refused.err().startsWith("mae: 1 of 16 images is damaged: " + images.resolve("val/b/1.png")),
                refused.err());
        CommandLineRun skipped = plan("--skip-damaged");
        assertEquals(ExitCode.OK.code(), skipped.code(), skipped.toString());
        assertEquals(
                "images: imagefolder/val: 1 of 8 skipped, damaged: b/1.png",
                skipped.err().strip());
    }

    @Test
    void whatHasNoValidationImagesIsRefusedWithTheShareThatWorks() {
        for (CommandLineRun refused : List.of(
                plan("--set", "data.evaluateOn=validation"), run("visualize"), run("plan", "table1d/dvae-token"))) {
            assertEquals(ExitCode.CONFIG.code(), refused.code(), refused.toString());
            assertTrue(refused.err().contains("use --set data.validationShare=0.125 or more"), refused.err());
            assertEquals(1, refused.err().lines().count());
        }
        CommandLineRun works = plan("--set", "data.evaluateOn=validation", "--set", "data.validationShare=0.125");
        assertEquals(ExitCode.OK.code(), works.code(), works.toString());
    }

    @Test
    void aMirrorThatIsNoAddressIsRefused() {
        CommandLineRun refused = plan("--mirror", "ftp://example.org");
        assertEquals(ExitCode.USAGE.code(), refused.code());
        assertTrue(refused.err().startsWith("mae: --mirror takes the http or https address"), refused.err());
        assertFalse(refused.err().contains("Exception"));
    }
}
