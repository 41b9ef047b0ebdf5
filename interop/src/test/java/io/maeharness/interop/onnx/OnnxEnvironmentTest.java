package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEnvironmentTest {
    @TempDir
    private Path directory;

    /** Half of what Java's threads have: as if the list of the processor's features were twice as long. */
    @Test
    void onnxRuntimeStartsWhereTheStackIsSmall() throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xss512k",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Started.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), Files.readString(out));
        assertTrue(Files.readString(out).contains("started " + OnnxModel.runtimeVersion()), Files.readString(out));
    }

    /** A process that starts ONNX Runtime and says so. */
    static final class Started {
        private Started() {}

        public static void main(String[] arguments) {
            System.out.println("started " + OnnxModel.runtimeVersion());
        }
    }
}
