package io.maeharness.ablations.run;

import io.maeharness.core.error.Quoted;
import io.maeharness.results.Provenance;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which code this is: the version of the build, and the git commit of the checkout that the classes were built in. Only a
 * repository whose root is the checkout's own counts: the commit of one around it says nothing of this code.
 *
 * @param code as it goes into records; with the reason where there is no commit
 * @param wayOut what the user may do to have one; empty where nothing is to be done
 */
public record CodeVersion(Provenance.Code code, String wayOut) {
    private static final String DEVELOPMENT = "development";
    private static final String BUILT = "target";
    private static final int PATIENCE_SECONDS = 10;

    /** What a hook of another repository, for one, leaves in the environment: it would name that repository. */
    private static final List<String> OF_ANOTHER_REPOSITORY = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_COMMON_DIR",
            "GIT_OBJECT_DIRECTORY",
            "GIT_NAMESPACE",
            "GIT_PREFIX");

    /** The code of this process. */
    public static CodeVersion current() {
        String version = CodeVersion.class.getPackage().getImplementationVersion();
        return of(version == null ? DEVELOPMENT : version, origin(), "git");
    }

    /**
     * The code of classes.
     *
     * @param version of their build
     * @param origin jar or directory that they were loaded from, {@code <checkout>/<module>/target/...} where they were built
     * @param git command that is asked
     */
    static CodeVersion of(String version, Path origin, String git) {
        Path module = origin.toAbsolutePath().getParent();
        if (module == null || !module.endsWith(BUILT) || module.getNameCount() < 3) {
            return without(version, "the classes were not built in a checkout", "");
        }
        Path root = module.getParent().getParent();
        Answer top = Answer.of(git, root, "rev-parse", "--show-toplevel");
        if (!top.good()) {
            return without(version, top.reason(root), top.wayOut(root));
        }
        if (!isSame(Path.of(top.out()), root)) {
            return without(
                    version,
                    "the checkout is no git repository of its own; that of a directory around it says nothing of this code",
                    "");
        }
        Answer commit = Answer.of(git, root, "rev-parse", "--verify", "HEAD");
        Answer changes = Answer.of(git, root, "--no-optional-locks", "status", "--porcelain", "--untracked-files=no");
        if (!commit.good() || !changes.good()) {
            return without(version, (commit.good() ? changes : commit).reason(root), "");
        }
        return new CodeVersion(
                new Provenance.Code(version, commit.out(), !changes.out().isEmpty()), "");
    }

    private static CodeVersion without(String version, String reason, String wayOut) {
        return new CodeVersion(Provenance.Code.withoutCommit(version, reason), wayOut);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path origin() {
        try {
            return Path.of(CodeVersion.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes lie nowhere", e);
        }
    }

    /**
     * What git said.
     *
     * @param good whether it ended well
     * @param out what it printed, or why it did not, in the words of git
     */
    private record Answer(boolean good, String out) {
        static Answer of(String git, Path root, String... arguments) {
            List<String> command = new ArrayList<>(List.of(git));
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
            OF_ANOTHER_REPOSITORY.forEach(builder.environment()::remove);
            builder.environment().put("LC_ALL", "C");
            try {
                Path said = Files.createTempFile("mae-git", ".txt");
                try {
                    Process process = builder.redirectOutput(said.toFile()).start();
                    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    process.destroyForcibly();
                    return ended
                            ? new Answer(
                                    process.exitValue() == 0,
                                    new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip())
                            : new Answer(false, "git did not answer in " + PATIENCE_SECONDS + " seconds");
                } finally {
                    Files.deleteIfExists(said);
                }
            } catch (IOException e) {
                return new Answer(false, "git is not installed or cannot be started");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer(false, "git was interrupted");
            }
        }

        /** Without paths of this machine, as records are published. */
        String reason(Path root) {
            if (isRefused()) {
                return "git refuses the checkout, which belongs to another user";
            }
            if (out.contains("not a git repository")) {
                return "the checkout is no git repository";
            }
            String first = out.lines().findFirst().orElse("git failed without a word");
            return Quoted.cut(first.replace(root.toString(), "the checkout").replaceFirst("^fatal: ", "git: "));
        }

        String wayOut(Path root) {
            return isRefused() ? "git config --global --add safe.directory '" + root + "' lets git read it" : "";
        }

        private boolean isRefused() {
            return out.contains("dubious ownership") || out.contains("unsafe repository");
        }
    }
}
