package io.maeharness.results.gate;

/**
 * How fast one process did the step of a stage, beside the best that it got out of the same core.
 *
 * @param stage whose step, for example {@code pretrain}
 * @param work name of model, batch and precision: speeds are compared where it is the same
 * @param precision {@code fp32} or {@code bf16}
 * @param processor kind of processor and instruction set
 * @param process number of the process, from 0: those of one number ran one after the other
 * @param imagesPerSecond of the step, above 0
 * @param ceilingGflops matrix products of the same process, 1e9 floating-point operations a second, above 0
 * @param others what others computed meanwhile: load of the machine beside this process for each processor, over a minute; 0
 *     where the system does not tell
 */
public record StepSpeed(
        String stage,
        String work,
        String precision,
        String processor,
        int process,
        double imagesPerSecond,
        double ceilingGflops,
        double others) {
    /** Checks the numbers. */
    public StepSpeed {
        if (!(imagesPerSecond > 0 && ceilingGflops > 0 && others >= 0)
                || process < 0
                || Double.isInfinite(imagesPerSecond)) {
            throw new IllegalArgumentException(
                    "a speed needs images/s and GFLOP/s above 0 and a process from 0 on, got " + imagesPerSecond + ", "
                            + ceilingGflops + " and " + process);
        }
    }

    /** Images a GFLOP of the ceiling: what a faster or a busier machine does not change. */
    public double ratio() {
        return imagesPerSecond / ceilingGflops;
    }

    /** Whether another speed is of a machine of this kind in the same precision. */
    public boolean isComparable(StepSpeed other) {
        return processor.equals(other.processor) && precision.equals(other.precision);
    }
}
