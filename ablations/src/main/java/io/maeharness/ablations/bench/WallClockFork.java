package io.maeharness.ablations.bench;

import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.StageHash;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Times variants of a stage, each in a process of its own that JMH starts.
 *
 * <p>It computes with one thread, as every worker of this harness does: threads that wait for each other make a time
 * depend on whatever else the machine does. It warms up for half its measuring time, at least one round, and measures at least one.
 *
 * @param stage what is timed
 * @param images of a round
 * @param device {@code cpu} or {@code gpu:N}
 * @param directory for the report of a crash
 * @param stopRequested asked several times a second; the process is then ended at once
 */
record WallClockFork(WallClockStage stage, int images, String device, Path directory, BooleanSupplier stopRequested) {
    private static final long POLL_MILLIS = 100;
    private static final double NANO = 1e-9;

    /**
     * Runs one process.
     *
     * @return its time; empty when a stop was requested before it had ended
     * @throws HarnessException of kind STAGE_FAILED when it fails
     */
    Optional<ForkTime> time(int block, WallClockStage.Variant variant) {
        Set<Long> others = children().map(ProcessHandle::pid).collect(Collectors.toSet());
        FutureTask<Collection<RunResult>> task = new FutureTask<>(() -> new Runner(options(variant)).run());
        Thread thread = new Thread(task, "jmh");
        thread.start();
        try {
            thread.join(POLL_MILLIS);
            while (thread.isAlive() && !stopRequested.getAsBoolean()) {
                thread.join(POLL_MILLIS);
            }
            if (thread.isAlive()) {
                end(thread, others);
                return Optional.empty();
            }
            return Optional.of(timeOf(block, variant, task.get()));
        } catch (ExecutionException e) {
            if (stopRequested.getAsBoolean()) {
                return Optional.empty(); // Ctrl-C reaches the process that computes too.
            }
            throw failure(variant, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A process that computes has nothing to lose, and asking it nicely would crash the engine. */
    private static void end(Thread thread, Set<Long> others) throws InterruptedException {
        while (thread.isAlive()) {
            children().filter(child -> !others.contains(child.pid())).forEach(ProcessHandle::destroyForcibly);
            thread.join(POLL_MILLIS);
        }
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current().children();
    }

    private ForkTime timeOf(int block, WallClockStage.Variant variant, Collection<RunResult> results) {
        Statistics rounds = results.iterator().next().getPrimaryResult().getStatistics();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new ForkTime(block, variant, images, rounds.getN(), NANO * rounds.getPercentile(50), load);
    }

    private Options options(WallClockStage.Variant variant) {
        long millis = Math.max(1, Math.round(1000 * stage.seconds()));
        return new OptionsBuilder()
                .include("^" + WallClockBenchmark.class.getName().replace(".", "\\.") + "\\.")
                .param("stage", StageHash.toJson(stage))
                .param("variant", variant.name())
                .param("images", Integer.toString(images))
                .param("device", device)
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(Math.max(1, millis / 2)))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(millis))
                .timeout(TimeValue.hours(1))
                .syncIterations(false)
                .jvmArgsAppend(
                        "-Xmx1g",
                        WorkerCommand.ENDED_AT_ONCE,
                        "-XX:ErrorFile=" + directory.resolve("crash-%p.log"),
                        "-Dai.djl.pytorch.num_threads=1",
                        "-Dai.djl.pytorch.num_interop_threads=1",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }

    private HarnessException failure(WallClockStage.Variant variant, Throwable cause) {
        return new HarnessException(
                HarnessException.Kind.STAGE_FAILED,
                JmhFailure.isLocked(cause)
                        ? JmhFailure.inWords(cause)
                        : "timing " + variant.key() + " with " + images + " images a round failed: "
                                + JmhFailure.firstLine(cause)
                                + "; if memory ran out, take fewer with --set wallClock.batch=1",
                cause);
    }
}
