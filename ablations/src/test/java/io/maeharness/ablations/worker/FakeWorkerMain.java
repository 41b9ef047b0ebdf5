package io.maeharness.ablations.worker;

import java.util.List;

/** A worker process with the {@link FakeExecutor}. */
public final class FakeWorkerMain {
    /** How the tests start it. */
    public static final WorkerCommand COMMAND = new WorkerCommand(
            FakeWorkerMain.class.getName(), List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));

    private FakeWorkerMain() {}

    public static void main(String[] arguments) {
        System.out.print("what a native library prints does not disturb the protocol");
        WorkerMain.serve(new FakeExecutor(), () -> new EngineFacts("0.0.1", "Fake", "0.0.2"));
    }
}
