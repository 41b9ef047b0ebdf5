package io.maeharness.ablations.worker;

import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageOutcome;
import java.time.Duration;

/** A process that computes on, whoever asks it to stop: as a worker where {@code mae.stubborn.worker} is set, else as a benchmark. */
public final class StubbornMain {
    private StubbornMain() {}

    /** Says {@code busy}, or that its stage has started, once it computes; an orderly exit says {@code exit}. */
    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("exit")));
        if (System.getProperty("mae.stubborn.worker") != null) {
            WorkerMain.serve(
                    (stage, environment) -> compute(environment),
                    () -> new EngineFacts("1", "none", "2"),
                    Duration.ofMillis(500));
        }
        System.out.println("busy");
        spin();
    }

    private static StageOutcome compute(StageEnvironment environment) {
        environment.progress().started(0, 1);
        spin();
        throw new IllegalStateException("this is never reached");
    }

    private static void spin() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }
}
