package io.maeharness.cli;

import io.maeharness.ablations.worker.FinishedStages.Finished;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Stage;
import io.maeharness.interop.onnx.Opset;
import io.maeharness.interop.onnx.StageExport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae export}. */
@Command(
        name = "export",
        description = "Write a finished stage as ONNX (an encoder's features, a classifier's logits) or as safetensors"
                + " under the official names.")
final class ExportCommand implements Callable<Integer> {
    private static final int SHORT_HASH = 10;

    /** Formats by their file's ending. */
    enum Format {
        /** A graph with its weights. */
        onnx,
        /** Weights alone. */
        safetensors
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "STAGE",
            description =
                    "the first digits of a stage's hash, or TABLE/CASE with :pretrain, :finetune, :probe or a column behind it; a case"
                            + " alone means its fine-tuned model")
    private String selector = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "onnx",
            description = "onnx or safetensors (default: ${DEFAULT-VALUE})")
    private Format format = Format.onnx;

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "17",
            description = "ONNX operators of version 17, or 20, which has GELU as an operator (default: 17)")
    private int opset;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "the file to write (default: KIND-HASH.onnx or .safetensors in this directory)")
    private Optional<Path> target = Optional.empty();

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
        Opset version = opset();
        Session session = options.open();
        Finished finished = new StageSelector(session, seed).find(selector);
        StageExport export = exportOf(finished, session);
        Path file = file(session, finished);
        List<Path> written = format == Format.onnx ? export.onnx(version, file) : export.safetensors(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("stage    " + finished.hash() + ", " + described(finished));
        written.forEach(path ->
                out.printf("written  %s, %,d bytes%n", path, path.toFile().length()));
        out.flush();
        return ExitCode.OK.code();
    }

    private Opset opset() {
        try {
            return Opset.of(opset);
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.USAGE, "--opset: " + e.getMessage(), e);
        }
    }

    /** What exports a finished stage of a session. */
    static StageExport exportOf(Finished finished, Session session) {
        return new StageExport(
                finished.stage(),
                session.output().stages(),
                session.dataDirectory(),
                finished.metric("top1"),
                Version.current());
    }

    private Path file(Session session, Finished finished) {
        Path file = target.orElseGet(() -> Path.of(
                finished.stage().kind() + "-" + finished.hash().substring(0, SHORT_HASH) + "." + format.name()));
        if (Files.isDirectory(file)) {
            throw new HarnessException(Kind.USAGE, "--to " + file + " is a directory; name a file in it");
        }
        boolean ofTheRun =
                file.toAbsolutePath().normalize().startsWith(session.output().stages());
        if (ofTheRun || (Files.exists(file) && !isModel(file))) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--to " + file
                            + (ofTheRun
                                    ? " lies among the stages of the run directory; name a file elsewhere"
                                    : " exists and is no .onnx or .safetensors file; name another or remove it"));
        }
        return file;
    }

    private static boolean isModel(Path file) {
        return Arrays.stream(Format.values()).anyMatch(kind -> file.toString().endsWith("." + kind.name()));
    }

    private static String described(Finished finished) {
        Stage stage = finished.stage();
        return stage.kind() + " on " + stage.data().settings().dataset()
                + stage.parent().map(parent -> " from " + parent.kind()).orElse("")
                + finished.metric("top1")
                        .map(top1 -> String.format(java.util.Locale.ROOT, ", top-1 %.2f %%", top1))
                        .orElse("");
    }
}
