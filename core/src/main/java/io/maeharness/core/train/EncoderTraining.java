package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A training that leaves an encoder. */
public abstract class EncoderTraining extends Replica {
    /** A training on a device, whose manager stays the caller's. */
    protected EncoderTraining(TrainingDevice device) {
        super(device);
    }

    /** The encoder's weights under their official names, as later stages read them; the arrays stay this object's. */
    public abstract Map<String, NDArray> encoder();

    /** Everything worth keeping, the encoder's weights among it. */
    public Map<String, NDArray> weights() {
        return encoder();
    }

    /** What is worth keeping with the provenance. */
    public Map<String, String> facts() {
        return Map.of();
    }

    /** Digests of what was drawn at the beginning, see {@link Fingerprint}; asked for before the first step. */
    public Map<String, String> draws() {
        return Map.of(Fingerprint.WEIGHTS, Fingerprint.of(weights()), Fingerprint.ORDER, order().fingerprint());
    }

    /**
     * Runs a pre-training from its beginning or its last checkpoint, keeps its snapshots and leaves its weights.
     *
     * <p>The end of a training has no checkpoint of its own: nothing but the file of its weights comes after it, which
     * takes less time than the checkpoint would.
     *
     * @param open makes model and optimiser on a device as they are before the first step
     */
    public static StageOutcome run(
            EncoderStage stage,
            Schedule schedule,
            StageContext context,
            Function<TrainingDevice, EncoderTraining> open) {
        Snapshots snapshots = new Snapshots(
                context.directoryOf(stage),
                schedule.totalSteps(context.data().train().size()));
        snapshots.forgetCheckpointsPastMissingOnes();
        try (DataParallel<EncoderTraining> devices = DataParallel.of(context, stage, schedule, open)) {
            EncoderTraining training = devices.first();
            Map<String, String> draws = training.draws();
            TrainingLoop.Finished finished = TrainingLoop.of(context, stage, schedule, training.order())
                    .run(context.manager(), devices, step -> snapshots.after(step, training::encoder));
            FinishedWeights.write(context.directoryOf(stage), training.weights());
            return finished.outcome(Map.of("loss", finished.meanLoss()), devices.with(training.facts()))
                    .withDraws(draws);
        }
    }

    /**
     * The encoder of a pre-training as it is after a part of its steps, so that its progress can be measured.
     *
     * @param directory of the stage
     * @param total steps of the training
     */
    private record Snapshots(Path directory, long total) {
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
}
