package io.maeharness.cli;

import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.run.Pruning;
import io.maeharness.workbench.Session;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae prune}. */
@Command(
        name = "prune",
        description = {
            "Free what finished stages leave and nothing of the selection needs any more: weights and snapshots where every"
                    + " stage that starts from them is finished, and optimiser checkpoints. Without --yes it only says what"
                    + " it would free.",
            "Rows, provenance, loss curves, pictures and outcomes stay. Freed weights cannot be exported; a stage that is"
                    + " asked for later and starts from them has them computed again."
        })
final class PruneCommand implements Callable<Integer> {
    private static final double MEGA = 1e6;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE[/CASE]", description = "whose stages (default: those of all tables)")
    private List<String> selectors = new ArrayList<>();

    @Option(names = "--yes", description = "free them")
    private boolean yes;

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Mixin
    private PublishedOption published = new PublishedOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Session session = published.applied(options.open());
        Selection selection = session.selection(selectors.isEmpty() ? List.of(Selection.ALL) : selectors);
        Pruning pruning = session.pruning(session.plan(metrics.applied(selection)));
        pruning.files()
                .forEach((kind, files) -> out.printf(
                        Locale.ROOT, "%-14s %4d files, %.1f MB%n", kind, files.size(), Pruning.bytes(files) / MEGA));
        if (pruning.files().isEmpty()) {
            out.println("nothing to free in " + session.output().stages());
        } else if (yes) {
            pruning.remove(session.output());
            out.println("freed");
        } else {
            out.println("nothing was freed; --yes frees these files");
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
