package io.maeharness.ablations.bench;

/** Why a benchmark failed, on one line. */
final class JmhFailure {
    /** JMH lets only one instance run on a machine, so that none disturbs another, and says so in several lines. */
    private static final String LOCKED = "Another JMH instance";

    private JmhFailure() {}

    /** Whether another benchmark is running on this machine. */
    static boolean isLocked(Throwable failure) {
        return firstLine(failure).contains(LOCKED);
    }

    /** The first line of what is behind a failure. */
    static String firstLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no message");
    }

    /** What went wrong and the way out. */
    static String inWords(Throwable failure) {
        return isLocked(failure)
                ? "another benchmark is running on this machine; wait until it has ended"
                : "the benchmark failed: " + firstLine(failure) + "; ./mae doctor says what this machine lacks";
    }
}
