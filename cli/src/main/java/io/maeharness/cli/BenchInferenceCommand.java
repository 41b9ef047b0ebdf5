package io.maeharness.cli;

import io.maeharness.ablations.bench.InferenceBench;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.interop.onnx.ModelCard;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.model.TimedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "which seed of a case (default: ${DEFAULT-VALUE})")
    private long seed;

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
        Path table = csv.orElseGet(() -> session.output().root().resolve("bench-inference.csv"));
        requireWritable(table);
        try (TimedModel timed = TimedModel.of(session, model, seed, Version.current())) {
            Terminal.of(spec).say(described(timed.card()));
            return BenchCommand.inItsOwnProcess(
                    InferenceBench.class, timed.file().toString(), table.toString(), Double.toString(seconds));
        }
    }

    /** Before minutes of measuring, not after. */
    private static void requireWritable(Path table) {
        try {
            Path directory = table.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".writable", ""));
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.DISK,
                    "the table " + table + " cannot be written (" + e.getMessage() + "); name another with --csv",
                    e);
        }
    }

    private static String described(ModelCard card) {
        ModelSettings vit = card.model();
        return String.format(
                Locale.ROOT,
                "model: %s, %d-d x %d blocks x %d heads, patch %d, images %d x %d x %d; PyTorch, too, in fp32",
                card.kind(),
                vit.encoderDim(),
                vit.encoderDepth(),
                vit.encoderHeads(),
                vit.patchSize(),
                card.statistics().channels(),
                vit.imageSize(),
                vit.imageSize());
    }
}
