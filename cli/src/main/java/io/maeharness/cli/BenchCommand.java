package io.maeharness.cli;

import io.maeharness.ablations.bench.SpeedSubject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mae bench}. */
@Command(
        name = "bench",
        description = "Measure how fast this machine computes: bench pretrain, bench features, bench inference.",
        subcommands = BenchInferenceCommand.class)
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "bench takes what is to be measured: pretrain, features or inference");
    }

    /** Optimisation steps on one core, against the best matrix product of the same run. */
    @Command(
            name = "pretrain",
            description = "Images/s, model FLOP/s and their share of the best matrix product, of optimisation steps on"
                    + " one core; two to five minutes.")
    int pretrain(@Mixin BenchSpeedOptions options) {
        return ExitCode.ofBenchmark(options.measure(SpeedSubject.Work.PRETRAIN)).code();
    }

    /** Frozen features on one core, against the best matrix product of the same run. */
    @Command(
            name = "features",
            description = "The same of the frozen features that linear probing and nearest neighbours compute; two to"
                    + " five minutes.")
    int features(@Mixin BenchSpeedOptions options) {
        return ExitCode.ofBenchmark(options.measure(SpeedSubject.Work.FEATURES)).code();
    }
}
