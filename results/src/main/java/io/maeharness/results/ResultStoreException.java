package io.maeharness.results;

import io.maeharness.files.FileProblem;
import io.maeharness.files.MessageLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;

/** A file of results that can't be read or written; the message is one line that names the file and the way out. */
public final class ResultStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final List<String> FULL =
            List.of("no space left", "not enough space", "quota exceeded", "disk full", "espace insuffisant");

    /** What went wrong, for the exit code of the command line. */
    public enum Kind {
        /** The file is there but its contents are not what this harness writes. */
        CORRUPT,
        /** The directory or file may not be written. */
        READ_ONLY,
        /** The device has no room left, or the user's quota is used up. */
        DISK_FULL,
        /** Any other failure of reading or writing. */
        IO
    }

    private final Kind kind;

    /** Exception of the given kind with a one-line message. */
    public ResultStoreException(Kind kind, String message, Throwable cause) {
        super(MessageLine.of(message), cause);
        this.kind = kind;
    }

    /** Exception of the given kind with a one-line message. */
    public ResultStoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Exception for a failed write of {@code file}, of the kind that the system's error names. */
    static ResultStoreException onWrite(Path file, Exception cause) {
        Kind kind = kindOf(cause);
        String message =
                switch (kind) {
                    case DISK_FULL ->
                        "no space left while writing " + file
                                + "; what was there before is intact; free some space or choose another --output";
                    case READ_ONLY ->
                        "cannot write " + file
                                + ": the directory is read-only; make it writable or choose another --output";
                    default ->
                        "cannot write " + file + ": " + describe(cause) + "; check the path or choose another --output";
                };
        return new ResultStoreException(kind, message, cause);
    }

    /** Exception for a failed read of {@code file}. */
    public static ResultStoreException onRead(Path file, Exception cause) {
        return new ResultStoreException(
                Kind.IO, "cannot read " + file + ": " + describe(cause) + "; check that it is a readable file", cause);
    }

    private static Kind kindOf(Exception cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(text::contains)) {
            return Kind.DISK_FULL;
        }
        boolean readOnly = cause instanceof AccessDeniedException
                || cause instanceof ReadOnlyFileSystemException
                || text.contains("read-only file system")
                || text.contains("permission denied");
        return readOnly ? Kind.READ_ONLY : Kind.IO;
    }

    private static String describe(Exception cause) {
        String what = cause instanceof IOException file
                ? FileProblem.reason(file)
                : cause instanceof UncheckedIOException unchecked
                        ? FileProblem.reason(unchecked.getCause())
                        : String.valueOf(cause.getMessage());
        return what.replaceAll("\\s+", " ");
    }
}
