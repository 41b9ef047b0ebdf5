package io.maeharness.ablations.bench;

import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.io.PrintStream;

/** The process that a benchmark of the command line has to itself: it ends with the one that started it. */
public final class BenchProcess {
    /** Exit code of a process that has said on its standard error, in one line, why it failed. */
    private static final int REPORTED = 3;

    private BenchProcess() {}

    /**
     * Starts a benchmark that prints where this process does, and waits for its end.
     *
     * @return whether it has measured; if not, it has said why
     * @throws HarnessException of kind STAGE_FAILED when it cannot start or breaks off, INTERRUPTED when the wait is
     */
    public static boolean start(Class<?> benchmark, String... arguments) {
        try {
            int code = WorkerCommand.of(benchmark).foreground(arguments).start().waitFor();
            if (code != 0 && code != REPORTED) {
                throw new HarnessException(
                        Kind.STAGE_FAILED,
                        "the benchmark ended with code " + code + "; ./mae doctor says what this machine lacks");
            }
            return code == 0;
        } catch (IOException e) {
            throw new HarnessException(Kind.STAGE_FAILED, "the benchmark cannot start: " + FileProblem.inWords(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(Kind.INTERRUPTED, "the benchmark was interrupted", e);
        }
    }

    /** A benchmark. */
    interface Body {
        /**
         * Measures and prints.
         *
         * @throws Exception of any kind; its first line is shown
         */
        void run(PrintStream out) throws Exception;
    }

    /** Runs a benchmark; a failure is one line and the end of this process. */
    static void run(Body body) {
        ParentWatch.start();
        try {
            body.run(System.out);
        } catch (Exception e) {
            System.err.println("mae: " + JmhFailure.inWords(e));
            System.exit(REPORTED);
        }
    }
}
