package io.maeharness.ablations.bench;

import java.nio.file.Path;

/** The process that times a step and the ceiling beside it, on one core. */
public final class StepTimingProcess {
    private static final int SIDE = 1024;
    private static final int TIMES = 2;

    private StepTimingProcess() {}

    /** Floating-point operations of an invocation of products. */
    public static double productFlops() {
        return SquareProduct.flops(SIDE, TIMES);
    }

    /**
     * Measures.
     *
     * @param args a {@link SpeedSubject} as JSON, and the file that the times go to
     */
    public static void main(String[] args) {
        BenchProcess.run(out -> run(SpeedSubject.fromJson(args[0]), Path.of(args[1])));
    }

    private static void run(SpeedSubject subject, Path file) throws Exception {
        try (TimedStep step = TimedStep.open(subject);
                TimedStep product = new SquareProduct(SIDE, TIMES, subject.precision())) {
            StepTiming.of(step, product, System::nanoTime).write(file);
        }
    }
}
