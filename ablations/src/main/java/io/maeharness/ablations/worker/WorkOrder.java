package io.maeharness.ablations.worker;

import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.results.Provenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the coordinator tells a worker: compute this stage.
 *
 * @param stage what is to be computed
 * @param output the run's output directory
 * @param dataDirectory where the images lie, for data sets that are not bundled
 * @param device {@code cpu} or {@code gpu:N}
 * @param checkpointInterval time between two checkpoints
 * @param code which code runs, for the provenance
 */
public record WorkOrder(
        Stage stage,
        Path output,
        Optional<Path> dataDirectory,
        String device,
        Duration checkpointInterval,
        Provenance.Code code) {
    /** Hash of the stage. */
    public String hash() {
        return StageHash.of(stage);
    }

    /** The output directory's parts. */
    public OutputDirectory directory() {
        return new OutputDirectory(output);
    }
}
