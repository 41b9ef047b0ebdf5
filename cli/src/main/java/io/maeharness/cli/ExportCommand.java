package io.maeharness.cli;

import io.maeharness.ablations.worker.FinishedStages.Finished;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.interop.onnx.Opset;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.StageSelector;
import io.maeharness.workbench.model.ModelExport;
import io.maeharness.workbench.model.ModelExport.Format;
import java.io.PrintWriter;
import java.nio.file.Path;
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

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        Opset version = opset();
        Session session = options.open();
        Finished finished = new StageSelector(session, seed.seed()).find(selector);
        ModelExport export = new ModelExport(session, finished, Version.current());
        List<Path> written = export.write(format, version, target);
        PrintWriter out = spec.commandLine().getOut();
        out.println("stage    " + export.described());
        written.forEach(path ->
                out.printf("written  %s, %,d bytes%n", path, path.toFile().length()));
        out.flush();
        return ExitCode.OK.code();
    }

    private Opset opset() {
        try {
            return Opset.of(opset);
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.USAGE, "--opset: " + e.getMessage(), e);
        }
    }
}
