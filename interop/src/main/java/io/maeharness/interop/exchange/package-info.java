/**
 * Models of others: PyTorch checkpoints and safetensors files, read without believing them, under the official names.
 *
 * <p>A {@link io.maeharness.interop.exchange.ForeignCheckpoint} lists the tensors of a file and reads values when they
 * are asked for; {@link io.maeharness.interop.exchange.OfficialNames} is what export and import both go by.
 */
package io.maeharness.interop.exchange;
