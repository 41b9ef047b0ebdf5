package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The reader of images in a process of its own. More by hand: {@code -Dmae.fuzz.images=10000}. */
class ImageFuzzTest {
    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the memory of a process is read from /proc")
    void mutatedImagesAreReadOrRefusedInOneLine() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImageFuzzer.class.getName(),
                        directory.toString(),
                        System.getProperty("mae.fuzz.images", "500"),
                        System.getProperty("mae.fuzz.seed", "1"))
                .redirectError(ProcessBuilder.Redirect.DISCARD); // where the decoders' libraries print
        builder.environment().put("OPENCV_IO_MAX_IMAGE_PIXELS", "134217728"); // as the launcher does
        Process fuzzer = builder.start();
        String said = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, fuzzer.waitFor(), said);
        System.out.print(said);
    }
}
