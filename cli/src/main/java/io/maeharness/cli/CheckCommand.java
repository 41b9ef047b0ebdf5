package io.maeharness.cli;

import io.maeharness.ablations.gate.GateCases;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.GateReport;
import io.maeharness.results.gate.GoldenCheck;
import io.maeharness.results.gate.GoldenCurve;
import io.maeharness.results.gate.GoldenCurveFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
        if (speed) {
            return ofSpeed(session, reference).code();
        }
        return (curves ? ofCurves(session, reference) : ofAccuracies(session, reference)).code();
    }

    private void requireSense() {
        accuracy.requireSense();
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

    private ExitCode ofCurves(Session session, GateReference reference) {
        List<GoldenCurve> known = update ? List.of() : reference.curves();
        GateCurves golden = new GateCurves(session, selectors);
        ExitCode code =
                golden.measure(spec.commandLine().getOut(), spec.commandLine().getErr(), resume);
        if (code == ExitCode.INTERRUPTED) {
            return code;
        }
        List<GoldenCurve> measured = golden.measured();
        if (update) {
            return code == ExitCode.OK ? updated(reference, measured) : code;
        }
        ExitCode told = told(new GateReport(
                "Golden curves against " + reference.directory(),
                GoldenCheck.compare(measured, golden.selected(known))));
        return told == ExitCode.ACCURACY_MOVED || code == ExitCode.OK ? told : code;
    }

    private ExitCode updated(GateReference reference, List<GoldenCurve> measured) {
        List<GoldenCurve> others = variants.stream()
                .flatMap(file -> GoldenCurveFile.read(file).stream())
                .toList();
        GoldenCurveFile.write(
                reference.curvesFile(),
                measured.stream().map(curve -> curve.spreadOver(others)).toList());
        out().println(measured.size() + " golden curves written to " + reference.curvesFile());
        out().flush();
        return ExitCode.OK;
    }

    private ExitCode ofSpeed(Session session, GateReference reference) {
        GateSpeed steps = new GateSpeed(session);
        if (update) {
            return steps.update(reference, out());
        }
        return told(new GateReport(
                "Speed of steps over matrix products against " + reference.directory(),
                steps.compared(reference.speeds(), out())));
    }

    private ExitCode ofAccuracies(Session session, GateReference reference) {
        if (!update) {
            reference.rows(); // What is missing is said before minutes are spent.
        }
        if (run || update) {
            Plan plan = plan(session);
            if (run) {
                ExitCode code =
                        new PlanRun(session, session, out(), spec.commandLine().getErr()).measure(plan, !resume);
                if (code != ExitCode.OK) {
                    return code;
                }
            }
            if (update) {
                return updated(reference, session.output().results(), plan);
            }
        }
        return told(new GateReport(
                "Accuracies of " + session.output().root() + " against " + reference.directory()
                        + accuracy.ruleInWords(),
                accuracy.compare(session.output().results(), reference.rows(), chosen(session))));
    }

    private Plan plan(Session session) {
        return session.plan(
                selectors.isEmpty()
                        ? GateCases.of(session.settings())
                        : GateCases.within(session.selection(selectors)));
    }

    /** Every cell of the reference, or, where cases are named, theirs. */
    private Predicate<CellKey> chosen(Session session) {
        if (selectors.isEmpty()) {
            return cell -> true;
        }
        return plan(session).cells().stream().map(PlannedCell::key).collect(Collectors.toSet())::contains;
    }

    private ExitCode updated(GateReference reference, ResultStore measured, Plan plan) {
        int seeds = reference.replaceRows(measured, plan.hashes());
        out().println("reference of " + seeds + " seeds written to " + reference.directory());
        out().flush();
        return ExitCode.OK;
    }

    private ExitCode told(GateReport report) {
        output.write(report, out());
        return switch (report.verdict()) {
            case REGRESSION -> ExitCode.ACCURACY_MOVED;
            case CANNOT_TELL -> ExitCode.CANNOT_TELL;
            case SAME, BETTER -> ExitCode.OK;
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
