package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.device.EngineProbe;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which native libraries a command loads, told by the classes of its process: a call may reach what no rule sees. */
class LoadedClassesTest {
    private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source:");
    private static final List<String> NATIVE =
            List.of("ai.djl.pytorch.jni.PyTorchLibrary", "ai.onnxruntime.OrtEnvironment", "org.opencv.core.Mat");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "plan table1c table3 --profile smoke --no-calibration",
                "plan all --profile imagenet --gpu h100 --count 8",
                "reproduce context/raw-pixels --profile smoke --workers 1 --output OUT",
                "claims --paper"
            })
    void planningRunningAndReportingLoadNoEngine(String command) throws IOException, InterruptedException {
        assertEquals(
                List.of(),
                loadedBy(
                        Main.class,
                        command.replace("OUT", directory.resolve("out").toString())),
                command);
    }

    /** The test can fail: a process that opens the engine is seen. */
    @Test
    void aProcessThatOpensTheEngineIsSeen() throws IOException, InterruptedException {
        assertEquals(List.of(NATIVE.get(0), NATIVE.get(2)), loadedBy(EngineProbe.class, "cpu"));
    }

    private List<String> loadedBy(Class<?> main, String arguments) throws IOException, InterruptedException {
        Path log = directory.resolve("classes.log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        line.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "output.log"))
                .start();
        assertEquals(0, process.waitFor(), () -> read(directory.resolve("output.log")));
        List<String> found = new ArrayList<>();
        Matcher loaded = LOADED.matcher(read(log));
        while (loaded.find()) {
            if (NATIVE.contains(loaded.group(1))) {
                found.add(loaded.group(1));
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
