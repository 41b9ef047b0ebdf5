package io.maeharness.core.train;

import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.EncoderStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A method of pre-training: what it adds to the loop, checkpoints, snapshots and the file of finished weights that all
 * methods share.
 *
 * <p>The end of a training has no checkpoint of its own: nothing but the file of its weights comes after it, which takes
 * less time than the checkpoint would.
 *
 * @param <S> its kind of stage
 */
public interface EncoderMethod<S extends EncoderStage> extends StageMethod<S> {
    /** Percent of the training after which the encoder is kept, so that its progress can be measured. */
    List<Integer> SNAPSHOTS = List.of(25, 50, 75);

    /** Length and learning rate. */
    Schedule schedule(S stage);

    /** Makes model and optimiser as they are before the first step. */
    EncoderTraining open(S stage, StageContext context);

    @Override
    default StageResult compute(S stage, StageContext context) {
        Schedule schedule = schedule(stage);
        long total = schedule.totalSteps(context.data().train().size());
        forgetCheckpointsPastMissingSnapshots(context.directoryOf(stage), total);
        try (EncoderTraining training = open(stage, context)) {
            Map<String, String> draws = training.draws();
            TrainingLoop.Finished finished = context.loop(stage, schedule, training.order())
                    .run(context.manager(), training, step -> SNAPSHOTS.stream()
                            .filter(percent -> step == stepOf(percent, total) && step < total)
                            .forEach(percent -> FinishedWeights.writeSnapshot(
                                    context.directoryOf(stage), percent, training.encoder())));
            Map<String, Double> metrics = Map.of("loss", finished.meanLoss());
            FinishedWeights.write(context.directoryOf(stage), training.weights());
            return StageResult.of(metrics, finished, training.facts()).withDraws(draws);
        }
    }

    private static long stepOf(int percent, long total) {
        return (total * percent + 99) / 100;
    }

    /** A training that went on from such a checkpoint would never come by the snapshot, so it begins anew. */
    private static void forgetCheckpointsPastMissingSnapshots(Path directory, long total) {
        Checkpoints checkpoints = new Checkpoints(directory);
        long newest = checkpoints.newestStep();
        boolean missing = SNAPSHOTS.stream()
                .filter(percent -> stepOf(percent, total) <= newest && stepOf(percent, total) < total)
                .anyMatch(percent -> !Files.exists(directory.resolve(FinishedWeights.snapshotFile(percent))));
        if (missing) {
            checkpoints.clear();
        }
    }
}
