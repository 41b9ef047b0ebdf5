package io.maeharness.ablations.bench;

import io.maeharness.ablations.worker.WorkerCommand;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code mae bench pretrain} and {@code mae bench features}: images/s of a step, model FLOP/s, and how near they come to
 * the best matrix product of the same run in the same precision.
 *
 * <p>The speed of a shared machine wanders, so step and products are measured in turn, in rounds of a fork each, and the
 * ratio is that of the median round.
 */
public final class SpeedBench {
    private static final double GIGA = 1e9;
    private static final double MILLIS = 1e3;

    private final SpeedSubject subject;
    private final SpeedPlan plan;
    private final BenchProgress progress;
    private final PrintStream out;

    private SpeedBench(SpeedSubject subject, SpeedPlan plan, PrintStream out) {
        this.subject = subject;
        this.plan = plan;
        this.out = out;
        this.progress = new BenchProgress(
                out,
                System::nanoTime,
                SpeedPlan.ROUNDS * (1 + plan.products().size()),
                SpeedPlan.ROUNDS * plan.roundSeconds());
    }

    /**
     * Measures and prints.
     *
     * @param args a {@link SpeedSubject} as JSON
     */
    public static void main(String[] args) {
        BenchProcess.run(out -> run(SpeedSubject.fromJson(args[0]), out));
    }

    private record Round(double stepSeconds, double modelFlops, double ceilingFlops, int ceilingSide) {
        double ratio() {
            return modelFlops / ceilingFlops;
        }
    }

    private static void run(SpeedSubject wanted, PrintStream out) throws RunnerException {
        out.println(wanted.line());
        out.println("a first timing, then " + SpeedPlan.ROUNDS + " rounds of steps and of matrix products, both in "
                + wanted.format() + "; five minutes at most");
        out.flush();
        FirstTiming first = FirstTiming.of(wanted);
        SpeedPlan plan = SpeedPlan.of(wanted.batch(), first.imageSeconds(), first.flopsPerSecond());
        SpeedSubject subject = wanted.withBatch(plan.batch());
        if (plan.batch() < wanted.batch()) {
            out.println("this machine is slow in " + wanted.format() + ": batch " + plan.batch());
        }
        out.println(format(
                "model FLOPs: %d x multiply-accumulates with class token and attention, %.1f GFLOP a step",
                subject.work() == SpeedSubject.Work.FEATURES ? 2 : 6, subject.imageFlops() * subject.batch() / GIGA));
        new SpeedBench(subject, plan, out).rounds();
    }

    private void rounds() throws RunnerException {
        List<Round> rounds = new ArrayList<>();
        while (rounds.size() < SpeedPlan.ROUNDS && progress.hasTimeFor(rounds.size())) {
            rounds.add(round());
            out.println(line(rounds.size(), rounds.get(rounds.size() - 1)));
        }
        if (rounds.size() < SpeedPlan.ROUNDS) {
            out.println("slower than the first timing said, as when others compute here: " + rounds.size() + " of "
                    + SpeedPlan.ROUNDS + " rounds");
        }
        rounds.sort(Comparator.comparingDouble(Round::ratio));
        Round median = rounds.get((rounds.size() - 1) / 2);
        if (median.ratio() > 1) {
            out.println("the step is faster than the products, so these are no ceiling: this processor only imitates "
                    + subject.format() + "; measure with --precision fp32");
        }
        out.println("precision: " + subject.format());
        out.println(format("images/s: %.0f", subject.batch() / median.stepSeconds()));
        out.println(format("model GFLOP/s: %.0f", median.modelFlops() / GIGA));
        out.println(format("ceiling GFLOP/s: %.0f", median.ceilingFlops() / GIGA));
        out.println(format("model/ceiling ratio: %.2f", median.ratio()));
    }

    private String line(int number, Round round) {
        return format(
                "round %d: %.1f ms a step, %.0f images/s, model %.0f GFLOP/s, ceiling %.0f GFLOP/s (%d^2), ratio %.3f",
                number,
                round.stepSeconds() * MILLIS,
                subject.batch() / round.stepSeconds(),
                round.modelFlops() / GIGA,
                round.ceilingFlops() / GIGA,
                round.ceilingSide(),
                round.ratio());
    }

    private Round round() throws RunnerException {
        progress.begin("steps of " + subject.batch() + " images", plan.stepProcessSeconds());
        double step =
                medianSeconds(options(StepBenchmark.class, plan.stepMeasured()).param("subject", subject.toJson()));
        double best = 0;
        int side = 0;
        for (SpeedPlan.Product product : plan.products()) {
            if (side > 0 && progress.isLate()) {
                break;
            }
            progress.begin("products of " + product.side() + "^2", product.processSeconds());
            double flops = SquareProduct.flops(product.side(), product.times())
                    / medianSeconds(options(CeilingBenchmark.class, product.measured())
                            .param("side", Integer.toString(product.side()))
                            .param("times", Integer.toString(product.times()))
                            .param("precision", subject.precision().name()));
            if (flops > best) {
                best = flops;
                side = product.side();
            }
        }
        return new Round(step, subject.imageFlops() * subject.batch() / step, best, side);
    }

    private static double medianSeconds(ChainedOptionsBuilder options) throws RunnerException {
        RunResult result = new Runner(options.build()).runSingle();
        return result.getPrimaryResult().getStatistics().getPercentile(50) / MILLIS;
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark, double seconds) {
        return new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(Math.round(seconds / 2 * MILLIS)))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(Math.round(seconds * MILLIS)))
                .jvmArgsAppend(
                        "-Xmx1g",
                        WorkerCommand.ENDED_AT_ONCE,
                        "-XX:+UseSerialGC",
                        "-Dai.djl.pytorch.num_threads=1",
                        "-Dai.djl.pytorch.num_interop_threads=1",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /**
     * A short look at a machine, so that what follows fits its speed.
     *
     * @param imageSeconds of the step, for an image
     * @param flopsPerSecond of a small matrix product
     */
    private record FirstTiming(double imageSeconds, double flopsPerSecond) {
        private static final int IMAGES = 16;
        private static final int SIDE = 512;
        private static final double NANO = 1e-9;

        /** Times a small batch and a small product, each the second time: the first one compiles. */
        static FirstTiming of(SpeedSubject subject) {
            double product = second(new SquareProduct(SIDE, 1, subject.precision()));
            int images = Math.min(IMAGES, subject.batch());
            return new FirstTiming(
                    second(TimedStep.open(subject.withBatch(images))) / images, SquareProduct.flops(SIDE, 1) / product);
        }

        private static double second(TimedStep step) {
            try (step) {
                step.run();
                long begun = System.nanoTime();
                step.run();
                return NANO * Math.max(1, System.nanoTime() - begun);
            }
        }
    }
}
