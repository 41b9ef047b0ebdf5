package io.maeharness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae reproduce}. */
@Command(
        name = "reproduce",
        description = "Measure tables and figures of the paper and render them beside its numbers. Goes on where an"
                + " earlier run was stopped.")
final class ReproduceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TABLE[/CASE]",
            description = "e.g. table1a, table1f/block-75, all (default: figure 5, tables 1a-1f and their context)")
    private List<String> selectors = new ArrayList<>();

    @Option(names = "--force", description = "run finished stages of the selection again")
    private boolean force;

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        Session session = options.open();
        var selection = session.selection(selectors);
        return new PlanRun(
                        session, spec.commandLine().getOut(), spec.commandLine().getErr())
                .run(session.plan(selection), force)
                .code();
    }
}
