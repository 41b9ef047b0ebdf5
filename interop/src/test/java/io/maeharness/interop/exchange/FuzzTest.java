package io.maeharness.interop.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.interop.onnx.EngineFuzzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The readers in a JVM of 256 MB. More mutations by hand: {@code -Dmae.fuzz.mutations=200000}. */
class FuzzTest {
    @TempDir
    private Path directory;

    @Test
    void everyHostileFileIsRefusedInOneLineWithinTwoSecondsAnd256Megabytes() throws Exception {
        for (Map.Entry<String, byte[]> hostile : HostileFiles.all().entrySet()) {
            Files.write(directory.resolve(hostile.getKey()), hostile.getValue());
        }
        fuzz("0", "0");
    }

    @Test
    void mutatedFilesAreRefusedInOneLineOrReadWithTheRightValues() throws Exception {
        fuzz(System.getProperty("mae.fuzz.mutations", "5000"), System.getProperty("mae.fuzz.seed", "1"));
    }

    /** More by hand: {@code -Dmae.fuzz.engine=10000}. */
    @ParameterizedTest
    @ValueSource(strings = {"onnx", "checkpoint"})
    void whatGoesToNativeLibrariesIsRefusedInOneLineOrReadAndCrashesNothing(String kind) throws Exception {
        run(
                EngineFuzzer.class,
                directory.toString(),
                kind,
                System.getProperty("mae.fuzz.engine", "200"),
                System.getProperty("mae.fuzz.seed", "1"));
    }

    private void fuzz(String mutations, String seed) throws IOException, InterruptedException {
        run(Fuzzer.class, directory.toString(), mutations, seed);
    }

    private static void run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=16m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Process fuzzer = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(fuzzer.waitFor(10, TimeUnit.SECONDS), said);
        assertEquals(0, fuzzer.exitValue(), said);
        System.out.print(said);
    }
}
