package io.maeharness.workbench.gate;

import io.maeharness.ablations.gate.GateSpeeds;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.gate.GateFinding.Status;
import io.maeharness.results.gate.GateReport;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.run.FrontEnd;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A check of the gate from what is measured to what is found, or a new reference for the checks to come.
 *
 * @param session of the gate's profile
 * @param reference to compare with, or to write
 * @param update whether the reference is written instead of compared with
 * @param front who shows what is measured, and hears what was written
 */
public record GateCheck(Session session, GateReference reference, boolean update, FrontEnd front) {
    /**
     * How a check ended.
     *
     * @param run what was computed for it; empty where nothing was
     * @param report what was found; empty where nothing was compared
     * @param verdict what follows: that of the report, or whether a reference was written
     */
    public record Ended(Optional<RunSummary> run, Optional<GateReport> report, Status verdict) {
        private static Ended compared(Optional<RunSummary> run, GateReport report) {
            return new Ended(run, Optional.of(report), report.verdict());
        }

        private static Ended uncompared(Optional<RunSummary> run, Status verdict) {
            return new Ended(run, Optional.empty(), verdict);
        }
    }

    /**
     * Computes the golden curves.
     *
     * @param selectors cases, as on the command line; none takes those that stand for all
     * @param resume whether what an interrupted check left is kept
     * @param variants for a reference: files of other processors' curves, whose deviations are allowed for
     * @throws HarnessException of kind USAGE when there is no reference
     */
    public Ended curves(List<String> selectors, boolean resume, List<Path> variants) {
        if (!update) {
            reference.curves(); // What is missing is said before minutes are spent.
        }
        CurveGate golden = new CurveGate(session, selectors);
        RunSummary summary = golden.measure(front, resume);
        Optional<RunSummary> run = Optional.of(summary);
        if (summary.interrupted() || (update && !summary.failures().isEmpty())) {
            return Ended.uncompared(run, Status.SAME);
        }
        return update
                ? written(
                        run, golden.update(reference, variants) + " golden curves written to " + reference.curvesFile())
                : Ended.compared(run, golden.compared(reference));
    }

    /**
     * Takes the accuracies that the results hold.
     *
     * @param selectors cases, as on the command line; none takes those that stand for all
     * @param measured whether they are measured first
     * @param resume whether what an interrupted measurement left is kept
     * @throws HarnessException of kind USAGE when there is no reference, or too little for one
     */
    public Ended accuracies(List<String> selectors, boolean measured, boolean resume, AccuracyRule rule) {
        if (!update) {
            reference.rows(); // As for the curves.
        }
        AccuracyGate gate = new AccuracyGate(session, selectors);
        Optional<RunSummary> run = measured ? Optional.of(gate.measure(front, resume)) : Optional.empty();
        if (run.filter(summary -> summary.interrupted() || !summary.failures().isEmpty())
                .isPresent()) {
            return Ended.uncompared(run, Status.SAME);
        }
        return update
                ? written(run, "reference of " + gate.update(reference) + " seeds written to " + reference.directory())
                : Ended.compared(run, gate.compared(reference, rule));
    }

    /**
     * Times steps.
     *
     * @param out is told each round
     */
    public Ended speeds(PrintWriter out) {
        SpeedGate steps = new SpeedGate(session);
        if (!update) {
            return Ended.compared(Optional.empty(), steps.compared(reference, out));
        }
        Optional<String> busy = steps.update(reference, out);
        if (busy.isEmpty()) {
            return written(
                    Optional.empty(), "speeds of " + GateSpeeds.processor() + " written to " + reference.speedFile());
        }
        front.say("no reference was written: " + busy.get());
        return Ended.uncompared(Optional.empty(), Status.CANNOT_TELL);
    }

    private Ended written(Optional<RunSummary> run, String what) {
        front.say(what);
        return Ended.uncompared(run, Status.SAME);
    }
}
