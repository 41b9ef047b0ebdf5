/**
 * Units of work: pre-train, fine-tune, linear probe, nearest neighbours, reconstruct.
 *
 * <p>A {@link io.maeharness.core.stage.Stage} says what is to be computed and is identified by the hash of exactly that;
 * a {@link io.maeharness.core.stage.StageExecutor} computes it, resuming from its last checkpoint.
 */
package io.maeharness.core.stage;
