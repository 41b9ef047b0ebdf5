package io.maeharness.core.checkpoint;

import java.io.IOException;

/**
 * A file is a part or an altered copy of what it should be: getting it again helps, which it does not where a whole file is
 * one of another sort.
 */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message says in a few words what is wrong with the file. */
    public DamagedFileException(String message) {
        super(message);
    }
}
