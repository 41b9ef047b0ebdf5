package io.maeharness.ablations.replay;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.files.FileProblem;
import io.maeharness.files.Folders;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one replay computes. What an interrupted replay left there is gone on with, unless other code has computed it; what
 * a finished one left is computed again, as nothing would be shown by reading it. A file of its own tells such a directory from that of a run, which is
 * never touched.
 *
 * @param output the directory
 * @param what the values that are computed there, on one line
 * @param code what computes them, on one line: {@link CodeDigest}
 */
public record ReplayDirectory(OutputDirectory output, String what, String code) {
    private static final String MARKER = "replay.txt";
    private static final String FINISHED = " (finished)";
    private static final String CODE = "computed by code ";

    /**
     * Makes the directory ready.
     *
     * @return whether an interrupted replay's stages were thrown away, because other code had computed them
     * @throws HarnessException of kind USAGE when it holds something else than a replay of these values, STORE_READ_ONLY
     *     when it cannot be written
     */
    public boolean begin() {
        try {
            List<String> found = found();
            boolean interrupted = found.equals(List.of(what))
                    || (found.size() == 2 && found.get(0).equals(what));
            boolean ofOtherCode = interrupted && !found.equals(List.of(what, CODE + code));
            if (ofOtherCode || found.equals(List.of(what + FINISHED))) {
                remove();
            } else if (!interrupted && !found.isEmpty()) {
                throw occupied(found.get(0));
            }
            StoreFile.write(marker(), what + "\n" + CODE + code + "\n");
            return ofOtherCode;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The lines that tell what the directory holds; none when it is empty or not there. */
    private List<String> found() throws IOException {
        if (isEmpty()) {
            return List.of();
        }
        return Files.isRegularFile(marker()) ? Files.readAllLines(marker()) : List.of("something else than a replay");
    }

    private HarnessException occupied(String by) {
        return new HarnessException(
                Kind.USAGE,
                "--output: " + output.root() + " holds " + by + " and not " + what
                        + "; name another directory, or remove this one");
    }

    /** Remembers that everything was computed and compared, so that the next replay computes again. */
    public void keep() {
        StoreFile.write(marker(), what + FINISHED + "\n");
    }

    /**
     * Removes the directory and all that is in it.
     *
     * @throws HarnessException of kind STORE_READ_ONLY when a file cannot be removed
     */
    public void remove() {
        keep(); // Should the removal be interrupted, nothing that is left counts.
        try {
            for (Path entry : entries()) {
                if (!entry.equals(marker())) {
                    Folders.delete(entry);
                }
            }
            Folders.delete(output.root());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private boolean isEmpty() throws IOException {
        return !Files.exists(output.root()) || entries().isEmpty();
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(output.root())) {
            return entries.toList();
        }
    }

    private Path marker() {
        return output.root().resolve(MARKER);
    }

    private HarnessException unwritable(IOException e) {
        return new HarnessException(
                Kind.STORE_READ_ONLY,
                output.root() + " cannot be written (" + FileProblem.reason(e)
                        + "); make it writable or choose another --output",
                e);
    }
}
