package io.maeharness.ablations.run;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.worker.OutputDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A coordinator in a process of its own, so that it can be killed. */
public final class CoordinatorMain {
    private CoordinatorMain() {}

    /** Runs table 1f in a directory. */
    public static void main(String[] arguments) {
        Runs.run(new OutputDirectory(Path.of(arguments[0])), TestProfile.plan("table1f"), 2);
    }

    /** Starts one whose stages take so long a step. */
    static Process start(Path directory, Path log, int stepMillis) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmae.fake.stepMillis=" + stepMillis,
                CoordinatorMain.class.getName(),
                directory.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Waits until a coordinator has a worker, and returns its workers. */
    static List<ProcessHandle> workersOf(Process coordinator) throws InterruptedException {
        Optional<ProcessHandle> first = Optional.empty();
        while (first.isEmpty() && coordinator.isAlive()) {
            Thread.sleep(10);
            first = coordinator.descendants().filter(CoordinatorMain::isWorker).findFirst();
        }
        return coordinator.descendants().filter(CoordinatorMain::isWorker).toList();
    }

    private static boolean isWorker(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("FakeWorkerMain");
    }
}
