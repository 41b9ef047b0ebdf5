package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a checkout of its own, with a java and a build that only say how they were called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mae is a shell script; Windows has mae.cmd")
class LauncherTest {
    @TempDir
    private Path directory;

    private Path checkout;
    private Path jdk;
    private final Map<String, String> environment = new HashMap<>();
    private String userHome = System.getProperty("user.home");
    private String mavenArguments = "-Dmaven.repo.local=/elsewhere";

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectories(directory.resolve("a check out")).toRealPath();
        jdk = directory.resolve("j d k");
        Files.copy(Path.of("..", "mae"), checkout.resolve("mae"));
        assertTrue(checkout.resolve("mae").toFile().setExecutable(true));
        source("pom.xml");
        source("core/pom.xml");
        source("core/src/main/java/A.java");
        java("17");
        script(jdk.resolve("bin/javac"), "");
        script(
                checkout.resolve("mvnw"),
                """
                echo built with "$@" and "$MAVEN_ARGS"
                mkdir -p core/target cli/target
                for jar in core/target/mae-core-1.jar cli/target/mae-cli-1.jar; do
                  [ -f "$jar" ] || printf 'classes.PK\005\006..................' >"$jar"
                done
                printf '%s' "$PWD/core/target/mae-core-1.jar" >cli/target/classpath.txt
                case $MAVEN_ARGS in
                *-Pcuda*)
                  cp cli/target/mae-cli-1.jar cli/target/onnxruntime_gpu-1.jar
                  printf ':%s' "$PWD/cli/target/onnxruntime_gpu-1.jar" >>cli/target/classpath.txt ;;
                esac
                """);
    }

    @Test
    void aFreshCheckoutIsBuiltOnceAndSaysSo() throws IOException {
        Ran first = launch(checkout.resolve("mae"), "list");
        assertEquals(0, first.code(), first.toString());
        assertTrue(first.err().startsWith("mae: building"), first.err());
        assertTrue(
                first.err().contains("-Dmaven.test.skip=true package and -Dmaven.repo.local=/elsewhere"), first.err());
        assertEquals("", launch(checkout.resolve("mae"), "list").err());
    }

    @Test
    void theClassPathAndTheArgumentsReachJavaWhole() throws IOException {
        String out = launch(checkout.resolve("mae"), "run", "--set", "a b=c  d").out();
        assertTrue(
                out.contains("[" + checkout + "/cli/target/mae-cli-1.jar:" + checkout + "/core/target/mae-core-1.jar]"),
                out);
        assertTrue(out.endsWith("[io.maeharness.cli.Main][run][--set][a b=c  d]\n"), out);
        assertTrue(out.contains("[-Dmae.terminal=false]"), out);
    }

    @Test
    void theCallersDirectoryIsKeptAndSymbolicLinksAreFollowed() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("mae-link"), checkout.resolve("mae"));
        Path other = Files.createSymbolicLink(directory.resolve("other"), Path.of("mae-link"));
        Ran ran = launch(other, "list");
        assertEquals(0, ran.code(), link + " " + ran);
        assertTrue(ran.out().contains("in " + directory.toRealPath() + "\n"), ran.out());
        assertTrue(ran.out().contains("[-Dmae.home=" + checkout + "]"), ran.out());
    }

    @Test
    void aNewerSourceIsBuiltAgain() throws IOException {
        launch(checkout.resolve("mae"), "list");
        Path source = checkout.resolve("core/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertTrue(launch(checkout.resolve("mae"), "list").err().startsWith("mae: building"));
    }

    @Test
    void aMissingJarIsBuiltAgain() throws IOException {
        launch(checkout.resolve("mae"), "list");
        Files.delete(checkout.resolve("core/target/mae-core-1.jar"));
        assertTrue(launch(checkout.resolve("mae"), "list").err().startsWith("mae: building"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"core/target/mae-core-1.jar", "cli/target/mae-cli-1.jar"})
    void aJarThatWasCutShortIsBuiltAgain(String jar) throws IOException {
        launch(checkout.resolve("mae"), "list");
        byte[] whole = Files.readAllBytes(checkout.resolve(jar));
        Files.write(checkout.resolve(jar), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(launch(checkout.resolve("mae"), "list").err().startsWith("mae: building"));
        assertArrayEquals(whole, Files.readAllBytes(checkout.resolve(jar)));
        assertEquals("", launch(checkout.resolve("mae"), "list").err());
    }

    @Test
    void jarsOfAnotherCheckoutAreNotUsed() throws IOException {
        launch(checkout.resolve("mae"), "list");
        Path jar = Files.createFile(directory.resolve("mae-core-1.jar"));
        Files.writeString(checkout.resolve("cli/target/classpath.txt"), jar.toString());
        assertTrue(launch(checkout.resolve("mae"), "list").err().startsWith("mae: building"));
    }

    @Test
    void anOldJavaIsRefusedInOneLine() throws IOException {
        java("11");
        Ran ran = launch(checkout.resolve("mae"), "list");
        assertEquals(ExitCode.LAUNCHER.code(), ran.code());
        assertTrue(ran.err().startsWith("mae: no Java 17 or later in JAVA_HOME"), ran.err());
        assertEquals(1, ran.err().lines().count());
    }

    @Test
    void aFailedBuildSaysHowToSeeMore() throws IOException {
        script(checkout.resolve("mvnw"), "exit 1");
        Ran ran = launch(checkout.resolve("mae"), "list");
        assertEquals(ExitCode.LAUNCHER.code(), ran.code());
        assertTrue(ran.err().contains("mae: the build failed"), ran.err());
        assertFalse(ran.out().contains("Main"), ran.out());
    }

    @Test
    void javaWithWarningsOfNativeAccessIsToldOfIt() throws IOException {
        assertFalse(launch(checkout.resolve("mae"), "list").out().contains("native-access"));
        java("25");
        assertTrue(launch(checkout.resolve("mae"), "list").out().contains("[--enable-native-access=ALL-UNNAMED]"));
    }

    @Test
    void nativeLibrariesAreUnpackedWhereTheUserSays() throws IOException {
        environment.put("MAE_NATIVES_DIR", directory.resolve("some where").toString());
        Path natives = directory.toRealPath().resolve("some where");
        String out = launch(checkout.resolve("mae"), "list").out();
        assertTrue(out.contains("[-Djava.io.tmpdir=" + natives + "][-Djna.tmpdir=" + natives + "/jna]"), out);
        assertTrue(out.contains("[-DENGINE_CACHE_DIR=" + natives + "]"), out);
        environment.put("MAE_NATIVES_DIR", checkout.resolve("pom.xml").toString());
        Ran ran = launch(checkout.resolve("mae"), "list");
        assertEquals(ExitCode.LAUNCHER.code(), ran.code());
        assertTrue(ran.err().startsWith("mae: MAE_NATIVES_DIR: "), ran.err());
    }

    @Test
    void optionsThatJavaDoesNotTakeAreRefusedInOneLine() throws IOException {
        launch(checkout.resolve("mae"), "list");
        environment.put("MAE_JAVA_OPTS", "-Xmx2x");
        Ran ran = launch(checkout.resolve("mae"), "list");
        assertEquals(ExitCode.LAUNCHER.code(), ran.code(), ran.toString());
        assertEquals(
                "mae: Java does not start with MAE_JAVA_OPTS=-Xmx2x (Invalid maximum heap size: -Xmx2x); change or unset"
                        + " it\n",
                ran.err());
        environment.put("MAE_JAVA_OPTS", "-Xmx2g");
        assertTrue(launch(checkout.resolve("mae"), "list").out().contains("[-Xmx2g]"));
    }

    @Test
    void aUserWithoutAHomeHasOneAmongTheTemporaryFiles() throws IOException {
        userHome = "?";
        environment.put("HOME", "/nowhere");
        environment.put("TMPDIR", directory.toString());
        String out = launch(checkout.resolve("mae"), "list").out();
        assertTrue(out.contains("[-Duser.home=" + directory + "/mae-"), out);
        environment.put("HOME", checkout.toString());
        assertTrue(launch(checkout.resolve("mae"), "list").out().contains("[-Duser.home=" + checkout + "]"));
    }

    @Test
    void withoutALocaleNamesAreUtf8() throws IOException {
        environment.put("LC_ALL", "C");
        String out = launch(checkout.resolve("mae"), "list").out();
        assertTrue(out.toLowerCase(Locale.ROOT).replace("-", "").contains(".utf8 "), out);
    }

    /** There is no Windows where this is tested: that its launcher knows the same is all that can be said. */
    @Test
    void theLauncherOfWindowsKnowsTheSameVariablesAndOptions() throws IOException {
        String unix = Files.readString(Path.of("..", "mae"));
        String windows = Files.readString(Path.of("..", "mae.cmd"));
        for (String name : List.of(
                "MAE_JAVA_OPTS",
                "MAE_NATIVES_DIR",
                "MAVEN_ARGS",
                "JAVA_HOME",
                "onnxruntime_gpu",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=",
                "-Djna.tmpdir=",
                "-DENGINE_CACHE_DIR=",
                "launcher.stamp",
                "has no javac",
                "OPT_OUT_TRACKING=true",
                "ORT_DISABLE_TELEMETRY=1",
                "Java does not start with MAE_JAVA_OPTS",
                "cannot be written")) {
            assertTrue(unix.contains(name) && windows.contains(name), name);
        }
    }

    private Path source(String name) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        return file;
    }

    /** A java that tells its version, or where and with what it was called. */
    private void java(String version) throws IOException {
        script(
                jdk.resolve("bin/java"),
                "case $1 in -XshowSettings*)\n  echo '    java.home = " + jdk + "'\n"
                        + "  echo \"    user.home = $TEST_USER_HOME\"\n"
                        + "  echo '    java.specification.version = " + version + "'; exit;;\nesac\n"
                        + "case \"$*\" in *-Xmx2x*)\n  echo 'Invalid maximum heap size: -Xmx2x' >&2; exit 1;;\nesac\n"
                        + "echo \"in $PWD\"\necho \"in ${LC_ALL:-} \"\nprintf '[%s]' \"$@\"\necho");
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    /** Runs the launcher in the directory above the checkout; the java on the PATH is the stub as well. */
    @Test
    void anotherMavenProfileIsBuiltAgainAndTheSameIsNot() throws IOException {
        Path mae = checkout.resolve("mae");
        launch(mae, "list");
        mavenArguments = "-Pcuda";
        assertTrue(launch(mae, "list").err().startsWith("mae: building"));
        assertEquals("", launch(mae, "list").err());
        mavenArguments = "-Dmaven.repo.local=/elsewhere";
        assertTrue(launch(mae, "list").err().startsWith("mae: building"));
    }

    private Ran launch(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        jdk.toString(),
                        "PATH",
                        jdk.resolve("bin") + ":" + System.getenv("PATH"),
                        "MAVEN_ARGS",
                        mavenArguments));
        builder.environment().put("TEST_USER_HOME", userHome);
        builder.environment().putAll(environment);
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the launcher does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Ran(process.exitValue(), out, Files.readString(err));
    }

    private record Ran(int code, String out, String err) {}
}
