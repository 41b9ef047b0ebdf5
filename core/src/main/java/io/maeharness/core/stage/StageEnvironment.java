package io.maeharness.core.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where and how a stage is computed; nothing here changes its outcome.
 *
 * @param stagesDirectory holds one directory a stage, named by its hash
 * @param dataDirectory where the images lie, for data sets that are not bundled
 * @param device {@code cpu} or {@code gpu:N}
 * @param checkpointInterval time between two checkpoints
 * @param progress hears about every step
 * @param stopRequested asked between steps
 */
public record StageEnvironment(
        Path stagesDirectory,
        Optional<Path> dataDirectory,
        String device,
        Duration checkpointInterval,
        StageProgress progress,
        BooleanSupplier stopRequested) {
    /** The directory of a stage, which exists once the stage has begun. */
    public Path directoryOf(Stage stage) {
        return stagesDirectory.resolve(StageHash.of(stage));
    }
}
