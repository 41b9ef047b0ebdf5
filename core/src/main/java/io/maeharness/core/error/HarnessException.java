package io.maeharness.core.error;

import io.maeharness.files.MessageLine;
import java.util.Objects;

/**
 * A problem that the user can act on: the message is the single line to print.
 *
 * <p>The line names what went wrong, where, and the way out. The kind decides the exit code. A value that the user
 * wrote and that a record or a selection refuses is an {@link InvalidSettingException} until a command says what asked
 * for it; a mistake of the calling code is a plain {@link IllegalArgumentException}.
 */
public final class HarnessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What sort of problem it is; the command line maps each kind to an exit code of its own. */
    public enum Kind {
        /** The command line asks for something that does not exist. */
        USAGE,
        /** There is no such table, figure or case. */
        UNKNOWN_TABLE,
        /** There is no such profile. */
        UNKNOWN_PROFILE,
        /** A profile or a configuration value is wrong. */
        CONFIG,
        /** A data set is missing or unreadable. */
        DATA,
        /** A data file is truncated, altered or not what it should be. */
        DATA_DAMAGED,
        /** A checkpoint cannot be used. */
        CHECKPOINT,
        /** The disk is full or refuses writes. */
        DISK,
        /** Another coordinator holds the results store. */
        STORE_LOCKED,
        /** The results store cannot be written. */
        STORE_READ_ONLY,
        /** A file of results is not what the harness writes. */
        STORE_CORRUPT,
        /** The requested device is not there. */
        DEVICE,
        /** A native library does not load. */
        NATIVE,
        /** A stage ended without a result. */
        STAGE_FAILED,
        /** There is not enough memory, of Java's or of the machine's. */
        MEMORY,
        /** A mistake of the harness, met by a stage. */
        INTERNAL,
        /** A published value cannot be computed again by this code on these images. */
        NOT_REPLAYABLE,
        /** The user or the system asked to stop. */
        INTERRUPTED
    }

    private final Kind kind;

    /**
     * Creates an exception whose message is printed as it is.
     *
     * @param kind what sort of problem it is
     * @param message one line: what, where, the way out
     */
    public HarnessException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Creates an exception with the cause that {@code --debug} shows.
     *
     * @param kind what sort of problem it is
     * @param message one line: what, where, the way out
     * @param cause the exception behind it, or null
     */
    public HarnessException(Kind kind, String message, Throwable cause) {
        super(MessageLine.of(message), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** Returns a problem of a data set: {@link Kind#DATA} with this message. */
    public static HarnessException data(String message) {
        return new HarnessException(Kind.DATA, message);
    }

    /** Returns a problem of a data set with its cause: {@link Kind#DATA} with this message. */
    public static HarnessException data(String message, Throwable cause) {
        return new HarnessException(Kind.DATA, message, cause);
    }

    /** Returns a problem of a data file's content: {@link Kind#DATA_DAMAGED} with this message. */
    public static HarnessException damaged(String message) {
        return new HarnessException(Kind.DATA_DAMAGED, message);
    }

    /** Returns a problem of a data file's content with its cause: {@link Kind#DATA_DAMAGED} with this message. */
    public static HarnessException damaged(String message, Throwable cause) {
        return new HarnessException(Kind.DATA_DAMAGED, message, cause);
    }

    /** Returns what sort of problem it is. */
    public Kind kind() {
        return kind;
    }
}
