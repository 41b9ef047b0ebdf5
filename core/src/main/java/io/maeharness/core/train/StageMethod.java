package io.maeharness.core.train;

import io.maeharness.core.stage.Stage;

/**
 * Computes one kind of stage.
 *
 * @param <S> the kind
 */
public interface StageMethod<S extends Stage> {
    /** The kind of stage. */
    Class<S> stage();

    /**
     * Computes a stage, going on from its last checkpoint when there is one, and leaves its weights, if it has any, in its
     * directory as {@link FinishedWeights}.
     *
     * @throws io.maeharness.core.stage.StageInterruptedException after a stop was requested and a checkpoint written
     */
    StageResult compute(S stage, StageContext context);
}
