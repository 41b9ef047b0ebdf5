/**
 * BEiT: prediction of a tokenizer's words at masked patches. Source: Bao et al., arXiv 2106.08254.
 *
 * <p>N images of a batch, L patches of an image, M of them masked, D encoder width, V words of the vocabulary.
 */
package io.maeharness.baselines.beit;
