package io.maeharness.cli;

import io.maeharness.ablations.gate.GateSpeeds;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.gate.GateReport;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.gate.AccuracyGate;
import io.maeharness.workbench.gate.CurveGate;
import io.maeharness.workbench.gate.GateReference;
import io.maeharness.workbench.gate.SpeedGate;
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
        if (speed) {
            return ofSpeed(session, reference).code();
        }
        return (curves ? ofCurves(session, reference) : ofAccuracies(session, reference)).code();
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

    private ExitCode ofCurves(Session session, GateReference reference) {
        if (!update) {
            reference.curves(); // What is missing is said before minutes are spent.
        }
        CurveGate golden = new CurveGate(session, selectors);
        ExitCode code = ExitCode.of(golden.measure(Terminal.of(spec), resume));
        if (code == ExitCode.INTERRUPTED || (update && code != ExitCode.OK)) {
            return code;
        }
        if (update) {
            int curves = golden.update(reference, variants);
            return said(curves + " golden curves written to " + reference.curvesFile());
        }
        ExitCode told = told(golden.compared(reference));
        return told == ExitCode.ACCURACY_MOVED || code == ExitCode.OK ? told : code;
    }

    private ExitCode ofSpeed(Session session, GateReference reference) {
        SpeedGate steps = new SpeedGate(session);
        if (!update) {
            return told(steps.compared(reference, out()));
        }
        Optional<String> busy = steps.update(reference, out());
        said(busy.map(why -> "no reference was written: " + why)
                .orElseGet(() -> "speeds of " + GateSpeeds.processor() + " written to " + reference.speedFile()));
        return busy.isPresent() ? ExitCode.CANNOT_TELL : ExitCode.OK;
    }

    private ExitCode ofAccuracies(Session session, GateReference reference) {
        if (!update) {
            reference.rows(); // As for the curves.
        }
        AccuracyGate gate = new AccuracyGate(session, selectors);
        ExitCode code = run ? ExitCode.of(gate.measure(Terminal.of(spec), resume)) : ExitCode.OK;
        if (code != ExitCode.OK) {
            return code;
        }
        if (update) {
            return said("reference of " + gate.update(reference) + " seeds written to " + reference.directory());
        }
        return told(gate.compared(reference, accuracy.rule()));
    }

    private ExitCode told(GateReport report) {
        output.write(report, out());
        return switch (report.verdict()) {
            case REGRESSION -> ExitCode.ACCURACY_MOVED;
            case CANNOT_TELL -> ExitCode.CANNOT_TELL;
            case SAME, BETTER -> ExitCode.OK;
        };
    }

    private ExitCode said(String line) {
        Terminal.of(spec).say(line);
        return ExitCode.OK;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
