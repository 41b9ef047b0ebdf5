package io.maeharness.ablations.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code mae bench pretrain}: images/s of a whole optimisation step, model FLOP/s, and how near they come to the best
 * matrix product of the same run.
 *
 * <p>The speed of a shared machine wanders, so step and products are measured in turn, in three rounds of a fork each, and
 * the ratio is that of the median round.
 */
public final class PretrainBench {
    private static final int ROUNDS = 3;
    private static final double GIGA = 1e9;

    private PretrainBench() {}

    /** Measures and prints; takes no arguments. */
    public static void main(String[] args) {
        BenchProcess.run(PretrainBench::run);
    }

    private record Round(double stepSeconds, double ceilingFlops, String ceilingSide) {
        double modelFlops() {
            return ReferenceStep.flops() / stepSeconds;
        }

        double ratio() {
            return modelFlops() / ceilingFlops;
        }
    }

    /**
     * Runs the rounds.
     *
     * @throws RunnerException when a fork fails
     */
    public static void run(PrintStream out) throws RunnerException {
        out.println("reference: 32x32, patch 4, encoder 192-d x 6 x 3, decoder 96-d x 2 x 3, batch 256, mask 75 %,"
                + " bf16, one core");
        out.println("model FLOPs: 6 x multiply-accumulates with class token and attention, "
                + format("%.1f GFLOP a step", ReferenceStep.flops() / GIGA));
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= ROUNDS; i++) {
            Round round = round();
            rounds.add(round);
            out.println(format(
                    "round %d: %.1f ms a step, %.0f images/s, model %.0f GFLOP/s, ceiling %.0f GFLOP/s (%s^2), ratio %.3f",
                    i,
                    round.stepSeconds() * 1e3,
                    ReferenceStep.BATCH / round.stepSeconds(),
                    round.modelFlops() / GIGA,
                    round.ceilingFlops() / GIGA,
                    round.ceilingSide(),
                    round.ratio()));
        }
        rounds.sort(java.util.Comparator.comparingDouble(Round::ratio));
        Round median = rounds.get(ROUNDS / 2);
        out.println(format("images/s: %.0f", ReferenceStep.BATCH / median.stepSeconds()));
        out.println(format("model GFLOP/s: %.0f", median.modelFlops() / GIGA));
        out.println(format("ceiling GFLOP/s: %.0f", median.ceilingFlops() / GIGA));
        out.println(format("model/ceiling ratio: %.2f", median.ratio()));
    }

    private static Round round() throws RunnerException {
        double step =
                medianSeconds(measure(PretrainBenchmark.class, 8).iterator().next());
        double best = 0;
        String side = "";
        for (RunResult result : measure(CeilingBenchmark.class, 3)) {
            double n = Double.parseDouble(result.getParams().getParam("side"));
            double flops = 2 * n * n * n * CeilingBenchmark.TIMES / medianSeconds(result);
            if (flops > best) {
                best = flops;
                side = result.getParams().getParam("side");
            }
        }
        return new Round(step, best, side);
    }

    private static double medianSeconds(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50) / 1e3;
    }

    private static Collection<RunResult> measure(Class<?> benchmark, int seconds) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmark.getName() + "\\.")
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.seconds(Math.max(2, seconds / 2)))
                        .measurementIterations(1)
                        .measurementTime(TimeValue.seconds(seconds))
                        .jvmArgsAppend(
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-Dai.djl.pytorch.num_threads=1",
                                "-Dai.djl.pytorch.num_interop_threads=1",
                                "-DOPT_OUT_TRACKING=true",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
