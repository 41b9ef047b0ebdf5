package io.maeharness.cli;

import io.maeharness.ablations.bench.InferenceBench;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.interop.onnx.ModelCard;
import io.maeharness.interop.onnx.OnnxModel;
import io.maeharness.interop.onnx.Opset;
import io.maeharness.interop.onnx.VitExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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
    private static final int IMAGENET_CLASSES = 1000;
    private static final int SMALL_CLASSES = 10;
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
        if (model.isPresent() && (model.get().endsWith(".onnx") || Files.isRegularFile(Path.of(model.get())))) {
            return measure(Path.of(model.get()), table);
        }
        Path file = temporary();
        try {
            write(session, file);
            return measure(file, table);
        } finally {
            file.toFile().delete();
            weightsOf(file).toFile().delete();
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

    private void write(Session session, Path file) {
        if (model.isPresent()) {
            ExportCommand.exportOf(new StageSelector(session, seed).find(model.get()), session)
                    .onnx(Opset.V17, file);
            return;
        }
        Settings settings = session.settings();
        boolean folder = settings.data().dataset().equals("imagefolder");
        VitExport.untrained(
                settings.model(),
                BenchSpeedOptions.channels(settings.data()),
                folder ? IMAGENET_CLASSES : SMALL_CLASSES,
                Opset.V17,
                Version.current(),
                file);
    }

    private int measure(Path file, Path table) {
        ModelCard card;
        try (OnnxModel opened = OnnxModel.open(file, 1)) {
            card = opened.card()
                    .orElseThrow(() -> new HarnessException(
                            Kind.CHECKPOINT,
                            "the model " + file + " does not say its architecture, so PyTorch cannot run it; name a"
                                    + " file that ./mae export wrote"));
        }
        ModelSettings vit = card.model();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "model: %s, %d-d x %d blocks x %d heads, patch %d, images %d x %d x %d; PyTorch, too, in fp32%n",
                card.kind(),
                vit.encoderDim(),
                vit.encoderDepth(),
                vit.encoderHeads(),
                vit.patchSize(),
                card.statistics().channels(),
                vit.imageSize(),
                vit.imageSize());
        out.flush();
        return BenchCommand.inItsOwnProcess(
                InferenceBench.class, file.toString(), table.toString(), Double.toString(seconds));
    }

    /** Where a large model has its weights. */
    private static Path weightsOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".data");
    }

    private static Path temporary() {
        try {
            Path file = Files.createTempFile("mae-bench", ".onnx");
            file.toFile().deleteOnExit();
            weightsOf(file).toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new HarnessException(Kind.DISK, "no temporary file can be made: " + e.getMessage(), e);
        }
    }
}
