/**
 * Self-distillation without labels: a student learns to say of every view of an image what a slow average of itself, the
 * teacher, says of the two large ones.
 *
 * <p>N images of a batch, V views of an image (two global, the others local), K outputs of the head. Source: Caron et al.,
 * "Emerging Properties in Self-Supervised Vision Transformers", arXiv 2104.14294.
 */
package io.maeharness.baselines.dino;
