/**
 * MoCo v3: a query encoder learns to find, among the keys of the batch, the one that a slowly following momentum encoder
 * made from another view of the same picture.
 *
 * <p>Letters in shapes: N images of a batch, C channels, S side of a view, D width of the encoder, H hidden width of the
 * heads, O width of the compared vectors. The step itself is TorchScript ({@code script/moco.py} on {@code vit.py}).
 * Source: Chen, Xie, He, "An Empirical Study of Training Self-Supervised Vision Transformers", arXiv 2104.02057.
 */
package io.maeharness.baselines.mocov3;
