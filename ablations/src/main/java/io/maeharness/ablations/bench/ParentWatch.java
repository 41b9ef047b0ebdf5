package io.maeharness.ablations.bench;

/** Ends this process when the one that started it has ended, however that came about. */
final class ParentWatch {
    private ParentWatch() {}

    /** Begins to watch; the watching thread does not keep the process alive. */
    static void start() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread thread = new Thread(() -> outlive(parent), "parent watch");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void outlive(ProcessHandle parent) {
        parent.onExit().join();
        Runtime.getRuntime().halt(1);
    }
}
