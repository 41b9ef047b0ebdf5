package io.maeharness.ablations.worker;

import io.maeharness.core.stage.StageExecutor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The process that computes stages. */
public final class WorkerMain {
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);
    private static final int FAILED = 1;

    private WorkerMain() {}

    /** Computes stages of all methods with the PyTorch engine. */
    public static void main(String[] arguments) {
        serve(new StageExecutor.Direct(), EngineFacts::loaded);
    }

    /**
     * Runs a worker on this process's standard streams and exits.
     *
     * <p>Standard output carries the protocol, so whatever else is printed goes to standard error. Ctrl-C reaches every
     * process of a terminal's group, and ending in the middle of a native step crashes the engine: the shutdown hook
     * asks the stage to stop between two steps and holds the JVM until it has.
     */
    public static void serve(StageExecutor executor, Supplier<EngineFacts> engine) {
        serve(executor, engine, LONGEST_STOP);
    }

    /** As the other, with the longest time that a stage may take to stop. */
    static void serve(StageExecutor executor, Supplier<EngineFacts> engine, Duration longestStop) {
        Locale.setDefault(Locale.ROOT);
        PrintStream protocol = System.out;
        System.setOut(System.err);
        Worker worker = new Worker(executor, engine, System.in, protocol);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, ended, longestStop), "stop"));
        int code;
        try {
            code = worker.run();
        } finally {
            ended.countDown();
        }
        System.exit(code);
    }

    /** A stage that does not stop still computes: only halting spares it the destructors of the engine's libraries. */
    private static void stop(Worker worker, CountDownLatch ended, Duration longestStop) {
        worker.requestStop();
        try {
            if (!ended.await(longestStop.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("the stage did not stop within " + longestStop.toMillis() / 1000.0
                        + " s; it goes on from its last checkpoint");
                Runtime.getRuntime().halt(FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
