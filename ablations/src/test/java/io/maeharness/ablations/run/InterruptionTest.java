package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.FakeWorkerMain;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.WorkerMessage;
import io.maeharness.results.LossCurve;
import io.maeharness.results.ResultRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
    private static final int SLOW = 20;
    private static List<ResultRow> uninterrupted;
    private final Plan plan = TestProfile.plan("table1f");

    @TempDir
    Path directory;

    private Process start() throws Exception {
        return CoordinatorMain.start(directory.resolve("killed"), directory.resolve("log"), SLOW);
    }

    @BeforeAll
    static void runWithoutInterruption(@TempDir Path whole) {
        OutputDirectory output = new OutputDirectory(whole);
        Runs.run(output, TestProfile.plan("table1f"), 2);
        uninterrupted = output.results().rows();
    }

    @Test
    void aRunKilledAtThreeRandomMomentsAndResumedGivesTheSameRows() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 3; i++) {
            Process coordinator = start();
            List<ProcessHandle> workers = CoordinatorMain.workersOf(coordinator);
            Thread.sleep(500 + random.nextInt(1500));
            coordinator.destroyForcibly().waitFor();
            workers.forEach(ProcessHandle::destroyForcibly);
        }
        OutputDirectory killed = new OutputDirectory(directory.resolve("killed"));
        Runs.run(killed, plan, 1);
        assertEquals(uninterrupted, killed.results().rows());
        for (PlannedStage stage : plan.stages()) {
            List<Long> steps = LossCurve.read(LossCurve.file(killed.results().curves(), stage.hash())).stream()
                    .map(LossCurve.Point::step)
                    .toList();
            assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), steps);
        }
    }

    @Test
    void workersEndSoonAfterTheirCoordinatorWasKilled() throws Exception {
        Process coordinator = start();
        List<ProcessHandle> workers = CoordinatorMain.workersOf(coordinator);
        Thread.sleep(300);
        coordinator.destroyForcibly().waitFor();
        for (ProcessHandle worker : workers) {
            worker.onExit().get(10, TimeUnit.SECONDS);
            assertFalse(worker.isAlive());
        }
    }

    @Test
    void anAskedCoordinatorStopsItsWorkersBetweenStepsAndReleasesTheStore() throws Exception {
        Process coordinator = start();
        CoordinatorMain.workersOf(coordinator);
        Thread.sleep(1000);
        coordinator.destroy(); // SIGTERM, which runs the shutdown hook as Ctrl-C does
        assertTrue(coordinator.waitFor(20, TimeUnit.SECONDS));
        OutputDirectory stopped = new OutputDirectory(directory.resolve("killed"));
        Runs.run(stopped, plan, 2);
        assertEquals(uninterrupted, stopped.results().rows());
        assertFalse(Files.readString(directory.resolve("log")).contains("Exception"));
    }

    @Test
    void aStoppedRunSaysSoAndGoesOnFromItsCheckpoint() {
        OutputDirectory output = new OutputDirectory(directory.resolve("stopped"));
        System.setProperty("mae.fake.stepMillis", Integer.toString(SLOW));
        try {
            assertTrue(stopAtFirstStep(output).interrupted());
        } finally {
            System.clearProperty("mae.fake.stepMillis");
        }
        AtomicReference<Long> first = new AtomicReference<>();
        Runs.run(output, plan, RunOptions.onCpu(1), new RunListener() {
            @Override
            public void stageStarted(int worker, PlannedStage stage, WorkerMessage.Started started) {
                first.compareAndSet(null, started.firstStep());
            }
        });
        assertTrue(first.get() > 0, "resumed at step " + first.get());
        assertEquals(uninterrupted, output.results().rows());
    }

    private RunSummary stopAtFirstStep(OutputDirectory output) {
        AtomicReference<Coordinator> running = new AtomicReference<>();
        RunListener stopper = new RunListener() {
            @Override
            public void stageStep(int worker, PlannedStage stage, WorkerMessage.Step step) {
                running.get().requestStop();
            }
        };
        running.set(new Coordinator(output, FakeWorkerMain.COMMAND, RunOptions.onCpu(1), stopper));
        return running.get().run(plan);
    }

    @Test
    void aKilledWorkerFailsItsStageAndTheOthersGoOn() throws Exception {
        Process coordinator = start();
        CoordinatorMain.workersOf(coordinator).get(0).destroyForcibly();
        coordinator.waitFor();
        OutputDirectory output = new OutputDirectory(directory.resolve("killed"));
        List<String> failed = output.results().rows().stream()
                .filter(row -> !row.reason().isEmpty())
                .map(ResultRow::reason)
                .distinct()
                .toList();
        assertEquals(1, failed.size());
        String reason = failed.get(0).replaceAll("worker-[01].log", "worker-N.log");
        assertEquals(
                "pretrain failed: the worker process was killed (signal 9), as a system does that is out of memory; choose"
                        + " fewer --workers or a smaller microBatch; see "
                        + output.log(0).resolveSibling("worker-N.log"),
                reason);
        Runs.run(output, plan, 2);
        assertEquals(uninterrupted, output.results().rows());
    }
}
