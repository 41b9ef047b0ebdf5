package io.maeharness.cli;

import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.CustomTable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mae run}. */
@Command(
        name = "run",
        description = "Measure a case of your own: the profile with the keys of --set changed, e.g."
                + " --set maskRatio=0.6 --set decoderDepth=3.")
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--force", description = "run finished stages of the case again")
    private boolean force;

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        options.settings().settings();
        Map<String, String> changes = options.settings().changes();
        Session session = options.open(options.settings().profileOnly());
        Selection selection = Selection.whole(new CustomTable(changes), session.settings());
        return new PlanRun(
                        session, spec.commandLine().getOut(), spec.commandLine().getErr())
                .run(session.plan(selection), force)
                .code();
    }
}
