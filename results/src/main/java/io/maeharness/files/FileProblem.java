package io.maeharness.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system refused, in words. Java often says no more than the path and leaves the reason to the name of the
 * exception, which says nothing to a user.
 */
public final class FileProblem {
    private static final Map<Class<? extends IOException>, String> WORDS = Map.of(
            NoSuchFileException.class, "there is no such file or directory",
            AccessDeniedException.class, "permission denied",
            FileAlreadyExistsException.class, "it exists already",
            DirectoryNotEmptyException.class, "the directory is not empty",
            NotDirectoryException.class, "it is not a directory",
            FileSystemLoopException.class, "symbolic links lead in a circle",
            EOFException.class, "the file ends too early");

    private FileProblem() {}

    /** The reason alone, for a line that names the path itself. */
    public static String reason(IOException problem) {
        for (Map.Entry<Class<? extends IOException>, String> known : WORDS.entrySet()) {
            if (known.getKey().isInstance(problem)) {
                return known.getValue();
            }
        }
        if (problem instanceof CharacterCodingException) {
            return "its text is not UTF-8";
        }
        if (problem instanceof FileSystemException file) {
            return file.getReason() == null ? "the system refuses it" : file.getReason();
        }
        String said = problem.getMessage();
        return said == null || said.isBlank() ? "reading or writing failed" : said;
    }

    /** The path, where the problem names one, and the reason. */
    public static String inWords(IOException problem) {
        return problem instanceof FileSystemException file && file.getFile() != null
                ? file.getFile() + ": " + reason(problem)
                : reason(problem);
    }

    /**
     * What keeps this user from reading a file or listing a directory: its own permissions, or those of a directory on the way,
     * behind which Java takes everything for missing.
     *
     * @return empty where nothing does, also of what does not exist
     */
    public static Optional<String> denied(Path path) {
        if (Files.exists(path)) {
            boolean open = Files.isReadable(path) && (!Files.isDirectory(path) || Files.isExecutable(path));
            return open ? Optional.empty() : Optional.of("permission denied");
        }
        for (Path way = path.toAbsolutePath().getParent(); way != null; way = way.getParent()) {
            if (Files.exists(way)) {
                return Files.isDirectory(way) && !Files.isExecutable(way)
                        ? Optional.of("permission denied by " + way)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** As the other, of what a stream threw. */
    public static String inWords(UncheckedIOException problem) {
        return inWords(problem.getCause());
    }
}
