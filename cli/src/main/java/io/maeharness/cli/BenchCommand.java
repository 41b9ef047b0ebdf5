package io.maeharness.cli;

import io.maeharness.ablations.bench.BenchProcess;
import io.maeharness.ablations.bench.SpeedSubject;
import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import java.io.IOException;
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
        return options.measure(SpeedSubject.Work.PRETRAIN);
    }

    /** Frozen features on one core, against the best matrix product of the same run. */
    @Command(
            name = "features",
            description = "The same of the frozen features that linear probing and nearest neighbours compute; two to"
                    + " five minutes.")
    int features(@Mixin BenchSpeedOptions options) {
        return options.measure(SpeedSubject.Work.FEATURES);
    }

    /**
     * Runs a benchmark that prints where this process does.
     *
     * @throws HarnessException of kind STAGE_FAILED when it cannot start or ends with an error
     */
    static int inItsOwnProcess(Class<?> benchmark, String... arguments) {
        try {
            int code = WorkerCommand.of(benchmark).foreground(arguments).start().waitFor();
            if (code == BenchProcess.REPORTED) {
                return ExitCode.STAGES_FAILED.code();
            }
            if (code != 0) {
                throw new HarnessException(
                        Kind.STAGE_FAILED,
                        "the benchmark ended with code " + code + "; ./mae doctor says what this machine lacks");
            }
            return ExitCode.OK.code();
        } catch (IOException e) {
            throw new HarnessException(Kind.STAGE_FAILED, "the benchmark cannot start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(Kind.INTERRUPTED, "the benchmark was interrupted", e);
        }
    }
}
