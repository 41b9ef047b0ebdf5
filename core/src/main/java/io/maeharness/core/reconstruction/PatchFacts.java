package io.maeharness.core.reconstruction;

/**
 * What decides how many values are predicted for a patch.
 *
 * @param values of a patch: P*P*C
 * @param pcaShare share of the principal components that are kept
 * @param words outputs of a tokenizer's words of a patch, W*V; 0 without a tokenizer
 */
public record PatchFacts(int values, double pcaShare, int words) {}
