package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.model.InferenceTiming;
import io.maeharness.workbench.model.TimedModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae bench inference}. */
@Command(
        name = "inference",
        description =
                "Latency and throughput of DJL (PyTorch) and ONNX Runtime in fp32 at batch 1 and 64, on one core and"
                        + " on all; about a minute and a half.")
final class BenchInferenceCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 600;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "STAGE|MODEL",
            arity = "0..1",
            description = "a stage as for export, or an .onnx file that export wrote (default: the profile's classifier"
                    + " with random weights)")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "where the table goes as CSV (default: bench-inference.csv in the output directory)")
    private Optional<Path> csv = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "how long each of the eight numbers is measured (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--seconds must lie in (0, " + MOST_SECONDS + "], got " + seconds + "; the default is 5");
        }
        Session session = options.open();
        InferenceTiming timing = InferenceTiming.of(session, csv, seconds);
        try (TimedModel timed = TimedModel.of(session, model, seed.seed(), Version.current())) {
            Terminal.of(spec).say(timed.described());
            return ExitCode.ofBenchmark(timing.run(timed)).code();
        }
    }
}
