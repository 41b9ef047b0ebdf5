package io.maeharness.core.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Where and how a stage is computed; nothing here changes its outcome.
 *
 * @param stagesDirectory holds one directory a stage, named by its hash
 * @param dataDirectory where the images lie, for data sets that are not bundled
 * @param device {@code cpu} or {@code gpu:N}; with {@code +} several that compute a stage together, {@code gpu:0+1}
 * @param deviceBytes memory of each device, where it is a GPU's; 0 else
 * @param checkpointInterval time between two checkpoints
 * @param progress hears about every step
 * @param stopRequested asked between steps
 */
public record StageEnvironment(
        Path stagesDirectory,
        Optional<Path> dataDirectory,
        String device,
        double deviceBytes,
        Duration checkpointInterval,
        StageProgress progress,
        BooleanSupplier stopRequested) {
    /** On the processor. */
    public StageEnvironment(
            Path stagesDirectory,
            Optional<Path> dataDirectory,
            String device,
            Duration checkpointInterval,
            StageProgress progress,
            BooleanSupplier stopRequested) {
        this(stagesDirectory, dataDirectory, device, 0, checkpointInterval, progress, stopRequested);
    }

    /** The device, or those that compute the stage together, each by a name of its own. */
    public List<String> members() {
        int colon = device.indexOf(':') + 1;
        return Stream.of(device.substring(colon).split("\\+", -1))
                .map(member -> device.substring(0, colon) + member)
                .toList();
    }

    /** The directory of a stage, which exists once the stage has begun. */
    public Path directoryOf(Stage stage) {
        return stagesDirectory.resolve(StageHash.of(stage));
    }
}
