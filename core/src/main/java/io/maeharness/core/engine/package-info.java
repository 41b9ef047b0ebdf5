/**
 * The seam to DJL's PyTorch engine: TorchScript written at load time, called with ordinary DJL arrays.
 *
 * <p>A whole training step is one call: forward, loss and backward run inside the script, so bf16 never crosses JNI, no
 * Java number enters an autograd graph and no gradient collector is held.
 */
package io.maeharness.core.engine;
