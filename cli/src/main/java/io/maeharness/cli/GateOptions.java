package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.gate.AccuracyRule;
import io.maeharness.workbench.gate.GateCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what {@code mae check} measures, and what becomes of it. */
final class GateOptions {
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

    /** Whether the reference is written. */
    boolean update() {
        return update;
    }

    /**
     * Checks that the options fit each other.
     *
     * @throws HarnessException of kind USAGE when they do not
     */
    void requireSense(List<String> selectors) {
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

    /** Runs a check as the options want it. */
    GateCheck.Ended ended(GateCheck check, List<String> selectors, AccuracyRule rule, PrintWriter out) {
        if (speed) {
            return check.speeds(out);
        }
        return curves ? check.curves(selectors, resume, variants) : check.accuracies(selectors, run, resume, rule);
    }
}
