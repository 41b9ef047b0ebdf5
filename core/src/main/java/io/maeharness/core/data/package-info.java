/**
 * Data sets, their splits and the loading of batches.
 *
 * <p>Every problem with a file is a {@link io.maeharness.core.error.HarnessException} of kind {@code
 * DATA} whose one line names the file, what was expected and what to do.
 *
 * <p>Letters in shapes: B samples of a batch, C channels, S side of the square input.
 */
package io.maeharness.core.data;
