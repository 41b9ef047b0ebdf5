/** Optimisers and their groups: AdamW with layer-wise decay, LARS, weight averages. */
package io.maeharness.core.optim;
