package io.maeharness.ablations.worker;

import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * When a computation of a stage first began and how long it has taken, over all its runs; kept beside its checkpoints and
 * written every half minute, so that a killed run counts too. A finished stage that is computed again, for weights that are
 * gone, has a new clock.
 */
final class StageClock {
    private static final String FILE = "clock.txt";
    private static final double WRITE_SECONDS = 30;

    private final Path file;
    private final Instant start;
    private final double earlierSeconds;
    private final long begun = System.nanoTime();
    private double written;

    private StageClock(Path file, Instant start, double earlierSeconds) {
        this.file = file;
        this.start = start;
        this.earlierSeconds = earlierSeconds;
        this.written = earlierSeconds;
    }

    /**
     * Starts, or goes on where an earlier run stopped that has not led to the stage's outcome.
     *
     * @param directory of the stage
     * @param outcome where the outcome is, if there is one
     */
    static StageClock resume(Path directory, Path outcome) {
        Path file = directory.resolve(FILE);
        StageClock kept = read(file);
        boolean ended = StageRecord.read(outcome)
                .filter(record -> record.provenance().cost().start().equals(kept.start))
                .isPresent();
        StageClock clock = ended ? new StageClock(file, Instant.now(), 0) : kept;
        clock.write();
        return clock;
    }

    private static StageClock read(Path file) {
        if (Files.exists(file)) {
            try {
                List<String> lines = Files.readAllLines(file);
                return new StageClock(file, Instant.parse(lines.get(0)), Double.parseDouble(lines.get(1)));
            } catch (IOException | DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
                System.err.println("the time of earlier runs of this stage is lost, " + file + ": " + e.getMessage());
            }
        }
        return new StageClock(file, Instant.now(), 0);
    }

    Instant start() {
        return start;
    }

    /** Seconds of computing so far, over all runs. */
    double seconds() {
        return earlierSeconds + (System.nanoTime() - begun) / 1e9;
    }

    /** Called often; writes now and then. */
    void tick() {
        if (seconds() - written > WRITE_SECONDS) {
            write();
        }
    }

    void write() {
        written = seconds();
        StoreFile.write(file, start + "\n" + written + "\n");
    }
}
