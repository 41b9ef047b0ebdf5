/** Masked pre-training with a decoder, the paper's method, and what its decoder draws. Source: paper, section 3. */
package io.maeharness.core.pretrain;
