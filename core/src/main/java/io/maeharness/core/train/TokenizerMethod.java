package io.maeharness.core.train;

import io.maeharness.core.stage.TokenizerStage;

/**
 * A method that leaves a tokenizer.
 *
 * @param <S> its kind of stage
 */
public interface TokenizerMethod<S extends TokenizerStage> extends StageMethod<S> {
    /**
     * Opens the tokenizer that a finished stage left; the caller closes it.
     *
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT when it is missing or damaged
     */
    PatchTokens open(S stage, StageContext context);
}
