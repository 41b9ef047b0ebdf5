/**
 * The masked autoencoder: parameters under the official names, positions, and the functions that run them.
 *
 * <p>Letters in shapes: N images of a batch, L patches of an image, K patches kept, D encoder width, E decoder width, C
 * channels, S side of the image, P side of a patch. The transformer itself is TorchScript ({@code script/vit.py}).
 */
package io.maeharness.core.model;
