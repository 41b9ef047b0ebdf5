/**
 * Random draws as pure functions of (stage seed, purpose, epoch, sample or step).
 *
 * <p>No generator's state is ever saved: a run that was interrupted, or that shares its machine with
 * others, draws the same numbers because it asks with the same key.
 */
package io.maeharness.core.random;
