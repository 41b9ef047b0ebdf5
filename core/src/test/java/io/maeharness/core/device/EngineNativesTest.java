package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineNativesTest {
    @TempDir
    private Path directory;

    private static boolean notAsked() {
        throw new AssertionError("the driver need not be asked");
    }

    @Test
    void nativesOnTheClassPathNeedNoWord() {
        assertEquals(
                Map.of(),
                EngineNatives.settings(
                        Optional.of(new EngineNatives("2.7.1-20250812", "cpu", "class path")),
                        key -> false,
                        EngineNativesTest::notAsked));
    }

    @Test
    void aDriverWithoutAToolkitGetsTheCudaBuildThatBringsItsOwn() {
        assertEquals(
                Map.of("PYTORCH_FLAVOR", "cu128"), EngineNatives.settings(Optional.empty(), key -> false, () -> true));
        assertEquals(Map.of(), EngineNatives.settings(Optional.empty(), key -> false, () -> false));
    }

    @Test
    void whatTheUserHasSetStays() {
        assertEquals(
                Map.of(),
                EngineNatives.settings(Optional.empty(), "PYTORCH_FLAVOR"::equals, EngineNativesTest::notAsked));
    }

    @Test
    void aDirectoryOfTheUsersIsNamedByItsContent() {
        EngineNatives cuda = new EngineNatives("2.7.1", "cu128", "PYTORCH_LIBRARY_PATH=/opt/libtorch/lib");
        assertEquals(
                Map.of("PYTORCH_FLAVOR", "cu128", "PYTORCH_VERSION", "2.7.1"),
                EngineNatives.settings(Optional.of(cuda), key -> false, EngineNativesTest::notAsked));
        assertEquals(
                Map.of("PYTORCH_FLAVOR", "cu128"),
                EngineNatives.settings(Optional.of(cuda), "PYTORCH_VERSION"::equals, EngineNativesTest::notAsked));
    }

    /** The engine alone would look for a binding of a flavor that is not published, and find none. */
    @Test
    void theEngineLoadsALibtorchFromADirectoryOfTheUsers() throws IOException, InterruptedException {
        Path lib = libtorchWithoutItsBinding();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-DENGINE_CACHE_DIR=" + directory.resolve("cache"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineProbe.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment().put("PYTORCH_LIBRARY_PATH", lib.toString());
        builder.environment().put("OPT_OUT_TRACKING", "true");
        Process process = builder.start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES));
        String out = Files.readString(directory.resolve("out"));
        assertTrue(out.contains("product=2"), out);
    }

    private Path libtorchWithoutItsBinding() throws IOException {
        EngineCheck check = EngineCheck.run(line -> {});
        Optional<String> loaded = Optional.ofNullable(check.facts().get("libtorch"));
        assumeTrue(loaded.isPresent(), "the engine does not load here");
        Path lib = Files.createDirectories(directory.resolve("lib"));
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of(loaded.orElseThrow()))) {
            all.filter(file -> !file.getFileName().toString().contains("djl_torch"))
                    .forEach(files::add);
        }
        for (Path file : files) {
            Files.copy(file, lib.resolve(file.getFileName()));
        }
        return lib;
    }
}
