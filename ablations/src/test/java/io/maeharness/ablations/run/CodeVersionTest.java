package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maeharness.results.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commit is that of the checkout's own repository, or there is a reason why not. */
class CodeVersionTest {
    @TempDir
    private Path directory;

    private Path checkout;
    private Path classes;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = directory.resolve("around").resolve("check out");
        classes = Files.createDirectories(checkout.resolve("ablations/target/classes"));
        Files.writeString(checkout.resolve("pom.xml"), "one");
    }

    @Test
    void theCommitOfTheCheckoutsOwnRepositoryCounts() throws IOException {
        repository(checkout);
        Provenance.Code code = code();
        assertTrue(code.gitCommit().matches("[0-9a-f]{40}"), code.toString());
        assertFalse(code.gitDirty());
        assertEquals("", code.gitReason());
        Files.writeString(checkout.resolve("pom.xml"), "two");
        assertTrue(code().gitDirty());
    }

    @Test
    void theCommitOfARepositoryAroundItDoesNot() throws IOException {
        repository(directory.resolve("around"));
        assertUnknown("the checkout is no git repository of its own", code());
    }

    @Test
    void aDirectoryThatIsNoRepositoryIsSaidToBeNone() {
        assumeTrue(hasGit(), "git is not installed");
        assertUnknown("the checkout is no git repository", code());
    }

    @Test
    void aRepositoryWithoutACommitHasAReason() {
        assumeTrue(hasGit(), "git is not installed");
        git(checkout, "init", "-q");
        assertUnknown("git: Needed a single revision", code());
    }

    @Test
    void aJarThatLiesElsewhereHasAVersionAlone() {
        Path jar = directory.resolve("repository").resolve("mae-ablations-1.jar");
        Provenance.Code code = CodeVersion.of("1.2", jar, "git").code();
        assertUnknown("the classes were not built in a checkout", code);
        assertEquals("1.2", code.harnessVersion());
    }

    @Test
    void withoutGitThereIsAReason() {
        assertUnknown(
                "git is not installed",
                CodeVersion.of("1.2", classes, directory.resolve("no-git").toString())
                        .code());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stub is a shell script")
    void aCheckoutOfAnotherOwnerHasAReasonWithoutPathsAndAWayOut() throws IOException {
        Path git = directory.resolve("git");
        Files.writeString(
                git,
                """
                #!/bin/sh
                echo "fatal: detected dubious ownership in repository at '$PWD'" >&2
                exit 128
                """);
        assertTrue(git.toFile().setExecutable(true));
        CodeVersion version = CodeVersion.of("1.2", classes, git.toString());
        assertUnknown("git refuses the checkout, which belongs to another user", version.code());
        assertFalse(version.code().gitReason().contains("/"), version.toString());
        assertTrue(version.wayOut().contains("safe.directory '" + checkout + "'"), version.wayOut());
    }

    private Provenance.Code code() {
        return CodeVersion.of("1.2", classes, "git").code();
    }

    private static void assertUnknown(String reason, Provenance.Code code) {
        assertEquals("unknown", code.gitCommit());
        assertTrue(code.gitReason().startsWith(reason), code.toString());
        assertTrue(code.commitInWords().startsWith("unknown (" + reason), code.commitInWords());
    }

    private static void repository(Path root) {
        assumeTrue(hasGit(), "git is not installed");
        git(root, "init", "-q");
        git(root, "add", ".");
        git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "One");
    }

    private static boolean hasGit() {
        return git(Path.of("."), "--version");
    }

    private static boolean git(Path root, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                            .directory(root.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
