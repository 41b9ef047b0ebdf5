package io.maeharness.cli;

import io.maeharness.ablations.run.Importer;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.stage.StageHash;
import io.maeharness.interop.exchange.ImportedStage;
import io.maeharness.workbench.Session;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae import}. */
@Command(
        name = "import",
        description = "Take over a model that was trained elsewhere: a .pth of PyTorch (1.6 and later) or .safetensors,"
                + " under the official or Hugging Face's names, with or without the decoder.")
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "checkpoint; nothing in it is executed")
    private Path file;

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        Session session = options.open();
        Importer.Imported imported = session.imported(file);
        ImportedStage stage = imported.encoder().stage();
        String hash = StageHash.of(stage);
        PrintWriter out = spec.commandLine().getOut();
        out.println((imported.copied() ? "imported " : "imported before: ")
                + imported.encoder().origin() + " as stage " + hash + ", " + imported.size());
        out.println("weights  " + session.output().stage(hash).resolve(FinishedWeights.FILE));
        imported.remarks().forEach(remark -> out.println("note     " + remark));
        uses(session.with(imported.encoder()))
                .forEach(use -> out.println("use      ./mae " + use + " --import "
                        + SettingsOptions.quoted(file.toString())
                        + options.settings().repeated()));
        out.flush();
        return ExitCode.OK.code();
    }

    /** Commands that the model is of the right size for. */
    private static List<String> uses(Session session) {
        List<String> uses = new ArrayList<>();
        for (String row : session.rowsThatTakeAnImport()) {
            if (session.fills(session.selection(List.of(row)))) {
                uses.add("reproduce " + row);
            }
        }
        if (session.canReconstruct()) {
            uses.add("visualize");
        }
        return uses;
    }
}
