package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedLibraryTest {
    @TempDir
    private Path directory;

    /** Java itself would end with code 1 and lines of its own, or the line would speak of native libraries. */
    @ParameterizedTest
    @ValueSource(strings = {"picocli", "jackson-databind", "jackson-core"})
    void aJarThatWasCutShortIsNamedInOneLine(String library) throws Exception {
        Path cut = directory.resolve(library + ".jar");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPathWith(library, cut),
                        Main.class.getName(),
                        "list",
                        "--profile",
                        "smoke",
                        "--output",
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ExitCode.NATIVE.code(), process.waitFor(), said);
        assertEquals(
                "mae: the library " + cut
                        + " is missing, cut off or damaged; delete it and run ./mvnw -DskipTests package,"
                        + " which fetches or builds it again\n",
                said);
    }

    /** The class path of this test, with half of a library in its place. */
    private static String classPathWith(String library, Path cut) throws IOException {
        List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        Path jar = all.stream()
                .map(Path::of)
                .filter(file -> file.getFileName().toString().startsWith(library + "-"))
                .findFirst()
                .orElseThrow();
        byte[] whole = Files.readAllBytes(jar);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        return Stream.concat(Stream.of(cut.toString()), all.stream().filter(file -> !file.equals(jar.toString())))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void aNativeLibraryThatDidNotLoadIsNoDamagedJar() {
        assertEquals(Optional.empty(), DamagedLibrary.behind(new UnsatisfiedLinkError("libtorch.so")));
        assertEquals(
                Optional.empty(),
                DamagedLibrary.behind(new NoClassDefFoundError("Could not initialize class a.Native")));
    }

    @Test
    void aClassThatNoJarHasIsOfAnotherBuild() {
        String said = DamagedLibrary.behind(new NoClassDefFoundError("a/b/C")).orElseThrow();
        assertTrue(said.contains("a.b.C is missing; run ./mvnw -DskipTests clean package"), said);
    }
}
