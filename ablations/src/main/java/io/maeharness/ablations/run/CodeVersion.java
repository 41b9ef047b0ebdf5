package io.maeharness.ablations.run;

import io.maeharness.results.Provenance;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Which code this is: the git commit of the checkout that the classes were built in, where there is one. */
public final class CodeVersion {
    private static final String UNKNOWN = "unknown";

    private CodeVersion() {}

    /** The code of this process. */
    public static Provenance.Code current() {
        Optional<String> commit = git("rev-parse", "HEAD");
        boolean dirty = commit.isPresent()
                && git("status", "--porcelain", "--untracked-files=no").isPresent();
        String version = CodeVersion.class.getPackage().getImplementationVersion();
        return new Provenance.Code(version == null ? "development" : version, commit.orElse(UNKNOWN), dirty);
    }

    /** What git prints in the directory of the classes; empty when it prints nothing or fails. */
    private static Optional<String> git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .directory(origin().getParent().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = git.waitFor(10, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 && !printed.isEmpty() ? Optional.of(printed) : Optional.empty();
        } catch (IOException | URISyntaxException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Path origin() throws URISyntaxException {
        return Path.of(CodeVersion.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
