package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.checkpoint.Checkpoints.Position;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.TokenizerStage;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a method computes a stage with.
 *
 * @param data images
 * @param environment where and how
 * @param manager of the engine, on the stage's device; closed after the stage
 * @param methods compute the other kinds of stages
 */
public record StageContext(
        StageData data,
        StageEnvironment environment,
        NDManager manager,
        Map<Class<? extends Stage>, StageMethod<?>> methods) {
    private static final int EVALUATION_BATCH = 64;
    private static final int EVALUATION_PIXELS = 1 << 22;

    /** Copies the methods. */
    public StageContext {
        methods = Map.copyOf(methods);
    }

    /** A context in which a stage needs no other method. */
    public StageContext(StageData data, StageEnvironment environment, NDManager manager) {
        this(data, environment, manager, Map.of());
    }

    /**
     * The tokenizer that a finished stage left; the caller closes it.
     *
     * @throws HarnessException of kind CHECKPOINT when it is missing or damaged, of kind STAGE_FAILED when no method knows
     *     this kind of tokenizer
     */
    public PatchTokens tokens(TokenizerStage stage) {
        if (methods.get(stage.getClass()) instanceof TokenizerMethod<?> method) {
            return open(method, stage);
        }
        throw new HarnessException(
                HarnessException.Kind.STAGE_FAILED,
                "tokenizers of kind '" + stage.kind() + "' are not known to this worker");
    }

    private <S extends TokenizerStage> PatchTokens open(TokenizerMethod<S> method, TokenizerStage stage) {
        return method.open(method.stage().cast(stage), this);
    }

    /** The directory of a stage. */
    public Path directoryOf(Stage stage) {
        return environment.directoryOf(stage);
    }

    /** A training loop with checkpoints in the stage's directory. */
    public TrainingLoop loop(Stage stage, Schedule schedule, EpochOrder order) {
        environment.progress().phase("training");
        return new TrainingLoop(schedule, data.train().size(), order, environment, new Checkpoints(directoryOf(stage)));
    }

    /**
     * Says that what was trained is evaluated now, and first saves the end of a training that took longer than two
     * checkpoints are apart, so that a kill during the evaluation repeats no step.
     */
    public void evaluating(Stage stage, Trainable trained, TrainingLoop.Finished finished) {
        environment.progress().phase("evaluating");
        if (finished.seconds() > environment.checkpointInterval().toSeconds()) {
            Position end = new Position(finished.steps(), finished.meanLoss(), 1);
            new Checkpoints(directoryOf(stage)).write(end, trained.state());
        }
    }

    /** Runs images through a function in batches that fit, at the input size of the stage's model. */
    public Evaluation evaluation(Stage stage) {
        int size = stage.model().imageSize();
        int batch = Math.max(8, Math.min(EVALUATION_BATCH, EVALUATION_PIXELS / (size * size * 4)));
        return new Evaluation(manager, size, batch, environment.stopRequested());
    }

    /**
     * The weights that a finished stage left, by name.
     *
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT when they are missing or damaged
     */
    public Map<String, NDArray> weightsOf(Stage stage) {
        return FinishedWeights.read(manager, directoryOf(stage));
    }
}
