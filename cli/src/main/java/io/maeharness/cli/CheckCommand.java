package io.maeharness.cli;

import io.maeharness.workbench.Session;
import io.maeharness.workbench.gate.AccuracyRule;
import io.maeharness.workbench.gate.GateCheck;
import io.maeharness.workbench.gate.GateReference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae check}. */
@Command(
        name = "check",
        description = {
            "Say whether results moved: compare with the reference of the profile, results/reference/<profile>, in fp32.",
            "--curves computes short stages anew, a minute for all methods, and compares the loss of each step;"
                    + " --run measures the cells of the gate anew, those that stand for all, and compares their"
                    + " accuracies with those of the reference; --speed times steps; without any of them the accuracies of"
                    + " --output are compared. The exit code is 0 as the reference, 16 for a regression, 18 when nothing can"
                    + " be said."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE[/CASE]", description = "these cases only (default: those that stand for all)")
    private List<String> selectors = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "reference to compare with, or to write (default: results/reference/<profile>)")
    private Optional<Path> against = Optional.empty();

    @Mixin
    private GateOptions gate = new GateOptions();

    @Mixin
    private AccuracyOptions accuracy = new AccuracyOptions();

    @Mixin
    private GateOutput output = new GateOutput();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        gate.requireSense(selectors);
        AccuracyRule rule = accuracy.rule();
        Session session = options.openComparable();
        GateReference reference = GateReference.of(session.settings().name(), against);
        PrintWriter out = spec.commandLine().getOut();
        GateCheck.Ended ended =
                gate.ended(new GateCheck(session, reference, gate.update(), Terminal.of(spec)), selectors, rule, out);
        ended.report().ifPresent(report -> output.write(report, out));
        return ExitCode.of(ended).code();
    }
}
