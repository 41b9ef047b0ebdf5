package io.maeharness.core.stage;

/** Number format of the matrix products; weights, optimiser, normalisation, softmax and loss stay in fp32. */
public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /** bfloat16 products with fp32 accumulation. */
    BF16
}
