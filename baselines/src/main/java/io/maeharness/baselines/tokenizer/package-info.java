/**
 * Tokenizers: pictures as grids of words from a vocabulary, which BEiT and table 1d predict.
 *
 * <p>N images of a batch, C channels, S side of the tokenised picture, V words of the vocabulary, g words along a side, L
 * patches of an image, W channels of the network.
 */
package io.maeharness.baselines.tokenizer;
