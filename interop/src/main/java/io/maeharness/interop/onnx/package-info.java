/**
 * Models that leave: stages as ONNX or safetensors files, and ONNX files run through ONNX Runtime.
 *
 * <p>Letters in shapes as in {@code io.maeharness.core.model}: N images of a batch, L patches, T = 1 + L tokens, D width, H
 * heads, C channels, S side of the image.
 */
package io.maeharness.interop.onnx;
