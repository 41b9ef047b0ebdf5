package io.maeharness.ablations.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How a plan is run; nothing here changes a number.
 *
 * @param devices one worker each: {@code cpu} or {@code gpu:N}
 * @param dataDirectory where the images lie, for data sets that are not bundled
 * @param checkpointInterval time between two checkpoints of a stage
 * @param force whether finished stages of the plan are run again
 * @param stopTimeout how long workers may take to stop between two steps before they are killed
 * @param published stages that are not computed because other results hold their outcome; none counts with {@code force}
 */
public record RunOptions(
        List<String> devices,
        Optional<Path> dataDirectory,
        Duration checkpointInterval,
        boolean force,
        Duration stopTimeout,
        PublishedStages published) {
    /** Checks that there is a worker. */
    public RunOptions {
        devices = List.copyOf(devices);
        published = force ? PublishedStages.NONE : published;
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one worker; name a device for it, cpu or gpu:0");
        }
    }

    /** So many workers on the processor, with the defaults: a checkpoint every three minutes, a minute to stop. */
    public static RunOptions onCpu(int workers) {
        return new RunOptions(
                Collections.nCopies(workers, "cpu"),
                Optional.empty(),
                Duration.ofMinutes(3),
                false,
                Duration.ofMinutes(1),
                PublishedStages.NONE);
    }

    /** The same on other devices, one worker each. */
    public RunOptions withDevices(List<String> value) {
        return new RunOptions(value, dataDirectory, checkpointInterval, force, stopTimeout, published);
    }

    /** The same with another data directory. */
    public RunOptions withDataDirectory(Optional<Path> value) {
        return new RunOptions(devices, value, checkpointInterval, force, stopTimeout, published);
    }

    /** The same with another time between checkpoints. */
    public RunOptions withCheckpointInterval(Duration value) {
        return new RunOptions(devices, dataDirectory, value, force, stopTimeout, published);
    }

    /** The same with finished stages run again, or not. */
    public RunOptions withForce(boolean value) {
        return new RunOptions(devices, dataDirectory, checkpointInterval, value, stopTimeout, published);
    }

    /** The same with stages whose outcome other results hold. */
    public RunOptions withPublished(PublishedStages value) {
        return new RunOptions(devices, dataDirectory, checkpointInterval, force, stopTimeout, value);
    }
}
