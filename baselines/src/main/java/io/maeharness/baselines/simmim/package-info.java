/**
 * SimMIM: prediction of the raw pixels of masked patches by a linear layer. Source: Xie et al., arXiv 2111.09886.
 *
 * <p>N images of a batch, L patches of an image, M of them masked, D encoder width, C channels, P side of a patch.
 */
package io.maeharness.baselines.simmim;
