package io.maeharness.core.error;

/**
 * A value that a user wrote, in a profile, as an option or as a name, cannot be used; the message says what, where
 * and the way out.
 *
 * <p>It is the caller's mistake where the caller is a user. A plain {@link IllegalArgumentException} is one of this
 * code, or of a library: the command line reports it as an internal error and not as a wrong key.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message is one line: what, where, the way out. */
    public InvalidSettingException(String message) {
        super(message);
    }

    /** Creates an exception with the cause that {@code --debug} shows. */
    public InvalidSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
