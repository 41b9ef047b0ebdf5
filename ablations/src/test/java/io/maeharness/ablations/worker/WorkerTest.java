package io.maeharness.ablations.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.results.LossCurve;
import io.maeharness.results.Provenance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class WorkerTest {
    private static final EngineFacts ENGINE = new EngineFacts("1", "none", "2");

    @TempDir
    Path directory;

    private final Stage stage =
            TestProfile.plan("context/scratch").stages().get(0).stage();
    private final PipedOutputStream orders = new PipedOutputStream();
    private final PipedInputStream answers = new PipedInputStream(1 << 16);
    private CompletableFuture<Integer> exit;
    private BufferedReader reader;

    private void start(StageExecutor executor) throws IOException {
        start(executor, () -> ENGINE);
    }

    private void start(StageExecutor executor, Supplier<EngineFacts> engine) throws IOException {
        PipedInputStream in = new PipedInputStream(orders);
        PrintStream out = new PrintStream(new PipedOutputStream(answers), true, StandardCharsets.UTF_8);
        reader = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
        Worker worker = new Worker(executor, engine, in, out);
        exit = CompletableFuture.supplyAsync(worker::run);
    }

    private void order() throws IOException {
        WorkOrder order = new WorkOrder(
                stage,
                directory,
                Optional.empty(),
                "cpu",
                Duration.ofMinutes(1),
                new Provenance.Code("test", "unknown", false));
        orders.write((Protocol.line(order) + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
    }

    private Path checkpoint() {
        return new OutputDirectory(directory).stage(StageHash.of(stage)).resolve("checkpoint-9.safetensors");
    }

    /** Does its work and keeps the end of it. */
    private StageOutcome leaveCheckpoint(Stage asked, StageEnvironment environment) {
        try {
            Files.writeString(checkpoint(), "the end");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Double> metrics = asked.metrics().stream().collect(Collectors.toMap(name -> name, name -> 50.0));
        return new StageOutcome(metrics, 0, 1, 0, Map.of());
    }

    private List<WorkerMessage> messages() throws IOException {
        List<WorkerMessage> messages = new ArrayList<>();
        while (messages.isEmpty() || !(messages.get(messages.size() - 1) instanceof WorkerMessage.Last)) {
            String line = reader.readLine();
            if (Protocol.isMessage(line)) {
                messages.add(Protocol.message(line));
            }
        }
        return messages;
    }

    private WorkerMessage last() throws IOException {
        List<WorkerMessage> messages = messages();
        return messages.get(messages.size() - 1);
    }

    private int exitCode() throws Exception {
        return exit.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aFinishedStageLeavesItsOutcomeBeforeItIsToldDone() throws Exception {
        start(new FakeExecutor());
        order();
        List<WorkerMessage> messages = messages();
        assertEquals(new WorkerMessage.Started(0, 20), messages.get(0));
        assertInstanceOf(WorkerMessage.Done.class, messages.get(messages.size() - 1));
        OutputDirectory output = new OutputDirectory(directory);
        String hash = StageHash.of(stage);
        assertTrue(StageRecord.read(output.outcome(hash), stage).isPresent());
        orders.close();
        assertEquals(0, exitCode());
    }

    @Test
    void checkpointsStayUntilTheOutcomeIsOnDisk() throws Exception {
        start(this::leaveCheckpoint, () -> {
            throw new IllegalStateException("killed before the outcome is written");
        });
        order();
        assertInstanceOf(WorkerMessage.Failed.class, last());
        assertTrue(Files.exists(checkpoint()));
        assertEquals(1, exitCode());
    }

    @Test
    void aFinishedStageKeepsNoCheckpoint() throws Exception {
        start(this::leaveCheckpoint);
        order();
        assertInstanceOf(WorkerMessage.Done.class, last());
        assertFalse(Files.exists(checkpoint()));
    }

    @Test
    void anOutcomeIsNotTakenForThatOfAnotherStage() throws Exception {
        start(new FakeExecutor());
        order();
        last();
        OutputDirectory output = new OutputDirectory(directory);
        Stage other = TestProfile.plan("context/scratch-finetune-budget")
                .stages()
                .get(0)
                .stage();
        Path file = output.outcome(StageHash.of(stage));
        assertEquals(Optional.empty(), StageRecord.read(file, other));
    }

    @Test
    void theEndOfTheOrdersStopsTheStageBetweenTwoSteps() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        start((asked, environment) -> {
            begun.countDown();
            while (!environment.stopRequested().getAsBoolean()) {
                Thread.onSpinWait();
            }
            throw new StageInterruptedException(7);
        });
        order();
        begun.await();
        orders.close();
        assertEquals(new WorkerMessage.Interrupted("stopped after step 7; the next run goes on from there"), last());
        assertEquals(0, exitCode());
    }

    @Test
    void anUnforeseenFailureIsToldAndEndsTheWorker() throws Exception {
        start((asked, environment) -> {
            throw new IllegalStateException("what nobody thought of\nsecond line");
        });
        order();
        WorkerMessage.Failed failed = (WorkerMessage.Failed) last();
        assertEquals("internal error: what nobody thought of", failed.reason());
        assertEquals(1, exitCode());
    }

    @Test
    void lackOfMemoryIsToldWithTheWayOut() throws Exception {
        start((asked, environment) -> {
            throw new OutOfMemoryError("Java heap space");
        });
        order();
        assertEquals(
                new WorkerMessage.Failed(
                        HarnessException.Kind.MEMORY,
                        "out of memory in Java's own part (Java heap space); choose a smaller microBatch or fewer"
                                + " --workers"),
                last());
        assertEquals(1, exitCode());
    }

    @Test
    void timeAndBeginAreKeptOverAllRunsOfAStage() throws Exception {
        StageClock first = clock();
        Thread.sleep(30);
        first.write();
        StageClock second = clock();
        assertEquals(first.start(), second.start());
        assertTrue(second.seconds() >= 0.03);
    }

    private StageClock clock() {
        OutputDirectory output = new OutputDirectory(directory);
        String hash = StageHash.of(stage);
        return StageClock.resume(output.stage(hash), output.outcome(hash));
    }

    @Test
    void aFinishedStageThatIsComputedAgainHasTheTimeOfThatComputationAlone() throws Exception {
        start(this::leaveCheckpoint);
        order();
        last();
        OutputDirectory output = new OutputDirectory(directory);
        Path outcome = output.outcome(StageHash.of(stage));
        Instant start = StageRecord.read(outcome, stage)
                .orElseThrow()
                .provenance()
                .cost()
                .start();
        Files.writeString(outcome.resolveSibling("clock.txt"), start + "\n1000.0\n");
        order();
        assertTrue(((WorkerMessage.Done) last()).seconds() < 1000);
        Provenance.Cost cost =
                StageRecord.read(outcome, stage).orElseThrow().provenance().cost();
        assertTrue(cost.durationSeconds() < 1000 && cost.start().isAfter(start), cost.toString());
    }

    @Test
    void aComputationForWeightsThatWasInterruptedKeepsItsTime() throws Exception {
        start(this::leaveCheckpoint);
        order();
        last();
        StageClock first = clock();
        first.write();
        assertEquals(first.start(), clock().start());
    }

    @Test
    void aLongStagesCurveHasAtMostFiveThousandPoints() throws Exception {
        Path file = directory.resolve("curve.csv");
        try (StageReporter reporter = new StageReporter(file, clock(), message -> {})) {
            reporter.started(0, 20_000);
            for (int step = 1; step <= 20_000; step++) {
                reporter.step(step, 0, step % 4, 0, 0);
            }
        }
        List<LossCurve.Point> points = LossCurve.read(file);
        assertEquals(5_000, points.size());
        assertEquals(1.5, points.get(0).loss());
    }

    @Test
    void aStageThatYieldsLessThanItsMetricsIsNotFinished() {
        StageOutcome poor = new StageOutcome(Map.of("top1", 50.0, "loss", Double.NaN), 0, 0, 0, Map.of());
        assertEquals(
                List.of("loss", "top5"),
                List.copyOf(StageRecord.missing(stage, poor).keySet()));
    }
}
