package io.maeharness.workbench.model;

import io.maeharness.ablations.bench.BenchProcess;
import io.maeharness.ablations.bench.InferenceBench;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.files.FileProblem;
import io.maeharness.workbench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the inference of models is timed.
 *
 * @param table file that the numbers go to, as CSV
 * @param seconds how long each number is measured
 */
public record InferenceTiming(Path table, double seconds) {
    /**
     * A timing whose table can be written: that is found out before minutes of measuring, not after.
     *
     * @param named the table; empty for {@code bench-inference.csv} in the session's output
     * @throws HarnessException of kind DISK when the table cannot be written
     */
    public static InferenceTiming of(Session session, Optional<Path> named, double seconds) {
        Path table = named.orElseGet(() -> session.output().root().resolve("bench-inference.csv"));
        requireWritable(table);
        return new InferenceTiming(table, seconds);
    }

    private static void requireWritable(Path table) {
        try {
            Path directory = table.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".writable", ""));
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.DISK,
                    "the table " + table + " cannot be written (" + FileProblem.inWords(e)
                            + "); name another with --csv",
                    e);
        }
    }

    /**
     * Times a model in a process of its own, which prints where this one does.
     *
     * @return whether it has measured; if not, it has said why
     * @throws HarnessException of kind STAGE_FAILED when it cannot start or breaks off
     */
    public boolean run(TimedModel model) {
        return BenchProcess.start(
                InferenceBench.class, model.file().toString(), table.toString(), Double.toString(seconds));
    }
}
