package io.maeharness.ablations.bench;

import io.maeharness.ablations.worker.WorkerCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * {@code mae bench inference}: latency and throughput of PyTorch through DJL and of ONNX Runtime, in fp32, at batch 1 and
 * 64, on one core and on all.
 *
 * <p>Each number is from a fork of its own; the two runtimes take turns, as the speed of a shared machine wanders.
 */
public final class InferenceBench {
    private static final int[] BATCHES = {1, 64};
    private static final double WARMUP_SHARE = 0.4;
    private static final double MILLIS = 1e3;
    /** A process starts the engine and reads the model, seconds. */
    private static final double START_SECONDS = 3;

    private InferenceBench() {}

    /**
     * Measures, prints a table and writes it as CSV.
     *
     * @param args the ONNX file, which names its architecture, the CSV file, and how long to measure each number, seconds
     */
    public static void main(String[] args) {
        BenchProcess.run(out -> measure(args, out));
    }

    private static void measure(String[] args, PrintStream out) throws RunnerException, IOException {
        List<Row> rows = run(Path.of(args[0]), Double.parseDouble(args[2]), out);
        Path csv = Path.of(args[1]).toAbsolutePath();
        Files.createDirectories(csv.getParent());
        Files.writeString(csv, csv(rows));
        out.println("written " + args[1]);
    }

    /**
     * One line of the table.
     *
     * @param median milliseconds a batch
     * @param p95 milliseconds that 95 % of the batches stay below
     * @param mean milliseconds a batch
     * @param batches how many were measured
     */
    private record Row(String runtime, int threads, int batch, double median, double p95, double mean, long batches) {
        double imagesPerSecond() {
            return batch * MILLIS / mean;
        }

        double timesFasterThan(Row other) {
            return other.median / median;
        }

        String line() {
            return format(
                    "%-14s %7d %5d %10.3f %10.3f %10.0f", runtime, threads, batch, median, p95, imagesPerSecond());
        }

        String csv() {
            return format(
                    "%s,%d,%d,%.4f,%.4f,%.4f,%.1f,%d",
                    runtime, threads, batch, median, p95, mean, imagesPerSecond(), batches);
        }
    }

    private static List<Row> run(Path model, double seconds, PrintStream out) throws RunnerException {
        int cores = Runtime.getRuntime().availableProcessors();
        int[] threadCounts = IntStream.of(1, cores).distinct().toArray();
        int measurements = 2 * BATCHES.length * threadCounts.length;
        double each = START_SECONDS + (1 + WARMUP_SHARE) * seconds;
        BenchProgress progress = new BenchProgress(out, System::nanoTime, measurements, measurements * each);
        out.println(format(
                "%-14s %7s %5s %10s %10s %10s %12s",
                "fp32", "threads", "batch", "median ms", "p95 ms", "images/s", "x of PyTorch"));
        List<Row> rows = new ArrayList<>();
        for (int threads : threadCounts) {
            for (int batch : BATCHES) {
                progress.begin(working(InferenceBenchmark.DJL, threads, batch), each);
                Row djl = measure(model, InferenceBenchmark.DJL, threads, batch, seconds);
                out.println(djl.line());
                progress.begin(working(InferenceBenchmark.ONNX_RUNTIME, threads, batch), each);
                Row onnxRuntime = measure(model, InferenceBenchmark.ONNX_RUNTIME, threads, batch, seconds);
                out.println(onnxRuntime.line() + format(" %11.2fx", onnxRuntime.timesFasterThan(djl)));
                rows.addAll(List.of(djl, onnxRuntime));
            }
        }
        return rows;
    }

    private static String working(String runtime, int threads, int batch) {
        return format("%s in fp32, batch %d, threads %d", runtime, batch, threads);
    }

    private static Row measure(Path model, String runtime, int threads, int batch, double seconds)
            throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(InferenceBenchmark.class.getName() + "\\.")
                        .param("file", model.toAbsolutePath().toString())
                        .param("runtime", runtime)
                        .param("threads", Integer.toString(threads))
                        .param("batch", Integer.toString(batch))
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(time(WARMUP_SHARE * seconds))
                        .measurementIterations(1)
                        .measurementTime(time(seconds))
                        .jvmArgsAppend(
                                "-Xmx1g",
                                WorkerCommand.ENDED_AT_ONCE,
                                "-XX:+UseSerialGC",
                                "-XX:MaxDirectMemorySize=64g",
                                "-Dai.djl.pytorch.num_threads=" + threads,
                                "-Dai.djl.pytorch.num_interop_threads=1",
                                "-DOPT_OUT_TRACKING=true",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .runSingle();
        Statistics times = result.getPrimaryResult().getStatistics();
        return new Row(
                runtime,
                threads,
                batch,
                times.getPercentile(50),
                times.getPercentile(95),
                times.getMean(),
                times.getN());
    }

    private static TimeValue time(double seconds) {
        return TimeValue.milliseconds(Math.max(1, Math.round(seconds * MILLIS)));
    }

    private static String csv(List<Row> rows) {
        StringBuilder csv = new StringBuilder("runtime,threads,batch,median_ms,p95_ms,mean_ms,images_per_s,batches\n");
        rows.forEach(row -> csv.append(row.csv()).append('\n'));
        return csv.toString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
