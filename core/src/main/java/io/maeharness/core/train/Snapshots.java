package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.checkpoint.FinishedWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The encoder of a pre-training as it is after a part of its steps, so that its progress can be measured.
 *
 * @param directory of the stage
 * @param total steps of the training
 */
record Snapshots(Path directory, long total) {
    /** Percent of the training. */
    private static final List<Integer> TAKEN = List.of(25, 50, 75);

    /** Keeps the encoder when one is due. */
    void after(long step, Supplier<Map<String, NDArray>> encoder) {
        TAKEN.stream()
                .filter(percent -> step == stepOf(percent) && step < total)
                .forEach(percent -> FinishedWeights.writeSnapshot(directory, percent, encoder.get()));
    }

    /** A training that went on from such a checkpoint would never come by the snapshot, so it begins anew. */
    void forgetCheckpointsPastMissingOnes() {
        Checkpoints checkpoints = new Checkpoints(directory);
        long newest = checkpoints.newestStep();
        boolean missing = TAKEN.stream()
                .filter(percent -> stepOf(percent) <= newest && stepOf(percent) < total)
                .anyMatch(percent -> !Files.exists(directory.resolve(FinishedWeights.snapshotFile(percent))));
        if (missing) {
            checkpoints.clear();
        }
    }

    private long stepOf(int percent) {
        return (total * percent + 99) / 100;
    }
}
