package io.maeharness.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** Remembers what a stream refused: writers that print drop it, and half a table would look like a whole one. */
final class CheckedOutput extends FilterOutputStream {
    /** Whoever reads the output has seen enough, as {@code head} has. */
    private static final String CLOSED_BY_READER = "broken pipe";

    private IOException refused;

    CheckedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        attempt(() -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        attempt(() -> out.write(bytes, from, count));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    private void attempt(Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (IOException e) {
            refused = refused == null ? e : refused;
            throw e;
        }
    }

    /** The first thing that was not written, if its reader did not end before. */
    Optional<IOException> refused() {
        return Optional.ofNullable(refused)
                .filter(e ->
                        !String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains(CLOSED_BY_READER));
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }
}
