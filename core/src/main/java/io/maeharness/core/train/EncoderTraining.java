package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageOutcome;
import java.util.Map;
import java.util.function.Supplier;

/** A training that leaves an encoder. */
public interface EncoderTraining extends Trainable, AutoCloseable {
    /** Which samples each step sees. */
    EpochOrder order();

    /** The encoder's weights under their official names, as later stages read them; the arrays stay this object's. */
    Map<String, NDArray> encoder();

    /** Everything worth keeping, the encoder's weights among it. */
    default Map<String, NDArray> weights() {
        return encoder();
    }

    /** What is worth keeping with the provenance. */
    default Map<String, String> facts() {
        return Map.of();
    }

    /** Digests of what was drawn at the beginning, see {@link Fingerprint}; asked for before the first step. */
    default Map<String, String> draws() {
        return Map.of(Fingerprint.WEIGHTS, Fingerprint.of(weights()), Fingerprint.ORDER, order().fingerprint());
    }

    @Override
    void close();

    /**
     * Runs a pre-training from its beginning or its last checkpoint, keeps its snapshots and leaves its weights.
     *
     * <p>The end of a training has no checkpoint of its own: nothing but the file of its weights comes after it, which
     * takes less time than the checkpoint would.
     *
     * @param open makes model and optimiser as they are before the first step
     */
    static StageOutcome run(
            EncoderStage stage, Schedule schedule, StageContext context, Supplier<EncoderTraining> open) {
        Snapshots snapshots = new Snapshots(
                context.directoryOf(stage),
                schedule.totalSteps(context.data().train().size()));
        snapshots.forgetCheckpointsPastMissingOnes();
        try (EncoderTraining training = open.get()) {
            Map<String, String> draws = training.draws();
            TrainingLoop.Finished finished = TrainingLoop.of(context, stage, schedule, training.order())
                    .run(context.manager(), training, step -> snapshots.after(step, training::encoder));
            FinishedWeights.write(context.directoryOf(stage), training.weights());
            return finished.outcome(Map.of("loss", finished.meanLoss()), training.facts())
                    .withDraws(draws);
        }
    }
}
