package io.maeharness.cli;

import io.maeharness.core.data.DataRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What the report of an error inside the harness needs, in a file, as its line alone tells nobody where it came from. */
final class ErrorLog {
    private static final String FOLDER = "errors";

    private ErrorLog() {}

    /**
     * Writes down an error.
     *
     * @return the file; empty where neither the cache nor the directory of temporary files can be written
     */
    static Optional<Path> write(Throwable thrown) {
        return write(thrown, DataRequest.defaultCache().resolve(FOLDER))
                .or(() -> write(thrown, Path.of(System.getProperty("java.io.tmpdir"))));
    }

    private static Optional<Path> write(Throwable thrown, Path directory) {
        try {
            Path file = Files.createDirectories(directory)
                    .resolve("mae-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis() + ".log");
            return Optional.of(Files.writeString(file, text(thrown)));
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    private static String text(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return "mae " + Version.current() + ", " + Instant.now() + "\n"
                + "Java " + System.getProperty("java.version") + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + "\n\n" + trace;
    }
}
