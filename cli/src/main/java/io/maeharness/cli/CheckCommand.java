package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.Session;
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

    @Option(names = "--curves", description = "the golden curves: every method and stage, a few dozen steps each")
    private boolean curves;

    @Option(
            names = "--speed",
            description = "the speed of steps on one core over its matrix products: two minutes on a machine that does"
                    + " nothing else; a slow-down of less than 5 %% never counts")
    private boolean speed;

    @Option(names = "--run", description = "measure the cells first, whatever is there, with the seeds of --seeds")
    private boolean run;

    @Option(names = "--resume", description = "keep what an interrupted check of the same code has computed")
    private boolean resume;

    @Option(names = "--update", description = "write the reference instead of comparing with it")
    private boolean update;

    @Option(
            names = "--variant",
            paramLabel = "FILE",
            description = "with --curves --update: a curves.csv of another processor, whose deviations are allowed for;"
                    + " repeatable")
    private List<Path> variants = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "reference to compare with, or to write (default: results/reference/<profile>)")
    private Optional<Path> against = Optional.empty();

    @Mixin
    private AccuracyOptions accuracy = new AccuracyOptions();

    @Mixin
    private GateOutput output = new GateOutput();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        requireSense();
        Session session = options.openComparable();
        GateReference reference = GateReference.of(session.settings().name(), against);
        PrintWriter out = spec.commandLine().getOut();
        GateCheck.Ended ended = ended(new GateCheck(session, reference, update, Terminal.of(spec)), out);
        ended.report().ifPresent(report -> output.write(report, out));
        return ExitCode.of(ended).code();
    }

    private GateCheck.Ended ended(GateCheck check, PrintWriter out) {
        if (speed) {
            return check.speeds(out);
        }
        return curves
                ? check.curves(selectors, resume, variants)
                : check.accuracies(selectors, run, resume, accuracy.rule());
    }

    private void requireSense() {
        accuracy.rule();
        if (speed && (curves || run || resume || !selectors.isEmpty())) {
            throw new HarnessException(
                    Kind.USAGE, "--speed is a check of its own; leave --curves, --run, --resume and cases out");
        }
        if (!selectors.isEmpty() && update) {
            throw new HarnessException(Kind.USAGE, "--update writes the whole reference; leave the cases out");
        }
        if (!variants.isEmpty() && !(curves && update)) {
            throw new HarnessException(Kind.USAGE, "--variant belongs to --curves --update");
        }
    }
}
