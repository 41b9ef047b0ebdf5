package io.maeharness.ablations.bench;

import java.io.PrintStream;

/** The process that a benchmark of the command line has to itself: it ends with the one that started it. */
public final class BenchProcess {
    /** Exit code of a process that has said on its standard error, in one line, why it failed. */
    public static final int REPORTED = 3;

    private BenchProcess() {}

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
