package io.maeharness.ablations.forecast;

import io.maeharness.core.config.Check;
import io.maeharness.core.stage.Precision;

/**
 * What a card can do at most, as its maker says.
 *
 * @param title name for people
 * @param bf16 whether its tensor cores multiply bf16
 * @param tensor dense TFLOP/s of its tensor cores, in bf16 or, without that, in fp16
 * @param fp32 TFLOP/s in fp32
 * @param bandwidth of its memory, GB/s
 * @param memory GB, as printed on it
 * @param link to another card, in one direction, GB/s
 */
public record Accelerator(
        String title, boolean bf16, double tensor, double fp32, double bandwidth, double memory, double link) {
    private static final double TERA = 1e12;
    private static final double GIGA = 1e9;
    private static final double GIBI = 1 << 30;

    /** Checks every field. */
    public Accelerator {
        Check.positive("tensor", tensor);
        Check.positive("fp32", fp32);
        Check.positive("bandwidth", bandwidth);
        Check.positive("memory", memory);
        Check.positive("link", link);
    }

    /** The number format that the harness computes in where none is asked for. */
    public Precision precision() {
        return bf16 ? Precision.BF16 : Precision.FP32;
    }

    /** FLOP/s of products at most. */
    double flops(Precision precision) {
        return TERA * (precision == Precision.BF16 ? tensor : fp32);
    }

    /** Bytes a second of its memory at most. */
    double bytesASecond() {
        return GIGA * bandwidth;
    }

    /** Bytes a second to another card at most. */
    double linkBytesASecond() {
        return GIGA * link;
    }

    /** Bytes of its memory: what is printed counts in powers of two. */
    public double memoryBytes() {
        return GIBI * memory;
    }
}
