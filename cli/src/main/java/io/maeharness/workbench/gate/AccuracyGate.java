package io.maeharness.workbench.gate;

import io.maeharness.ablations.gate.GateCases;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.results.CellKey;
import io.maeharness.results.gate.GateReport;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.run.FrontEnd;
import io.maeharness.workbench.run.PlanRun;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The accuracies of a session's results against those of a reference.
 *
 * @param session of the gate's profile
 * @param selectors cases, as on the command line; none takes those that stand for all, and compares every cell
 */
public record AccuracyGate(Session session, List<String> selectors) {
    /** Copies the list. */
    public AccuracyGate {
        selectors = List.copyOf(selectors);
    }

    /**
     * Measures the cases.
     *
     * @param resume whether what an interrupted measurement left is kept
     */
    public RunSummary measure(FrontEnd front, boolean resume) {
        return new PlanRun(session, front).measure(plan(), !resume);
    }

    /** What the results say. */
    public GateReport compared(GateReference reference, AccuracyRule rule) {
        return new GateReport(
                "Accuracies of " + session.output().root() + " against " + reference.directory() + rule.inWords(),
                rule.compare(session.output().results(), reference.rows(), chosen()));
    }

    /** Writes the results as the reference; gives the number of seeds. */
    public int update(GateReference reference) {
        return reference.replaceRows(session.output().results(), plan().hashes());
    }

    private Plan plan() {
        return session.plan(
                selectors.isEmpty()
                        ? GateCases.of(session.settings())
                        : GateCases.within(session.selection(selectors)));
    }

    /** Every cell of the reference, or, where cases are named, theirs. */
    private Predicate<CellKey> chosen() {
        return selectors.isEmpty()
                ? cell -> true
                : plan().cells().stream().map(PlannedCell::key).collect(Collectors.toSet())::contains;
    }
}
