package io.maeharness.workbench.gate;

import io.maeharness.ablations.gate.GateCases;
import io.maeharness.ablations.gate.GoldenStages;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.core.config.Settings;
import io.maeharness.results.gate.GateReport;
import io.maeharness.results.gate.GoldenCheck;
import io.maeharness.results.gate.GoldenCurve;
import io.maeharness.results.gate.GoldenCurveFile;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.run.FrontEnd;
import io.maeharness.workbench.run.PlanRun;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures golden curves: the gate's cases over few images, always anew, as it is the code that is asked. */
public final class CurveGate {
    private final Session session;
    private final Plan whole;
    private final Plan plan;

    /**
     * Plans them.
     *
     * @param gate the session of the gate's profile; curves are kept in the folder {@code gate-curves} of its output
     * @param selectors cases, as on the command line; none takes those that stand for all
     */
    public CurveGate(Session gate, List<String> selectors) {
        Settings settings = GateCases.shortened(gate.settings());
        session = gate.beside(settings, gate.output().root().resolve("gate-curves"));
        whole = session.plan(GateCases.of(settings));
        plan = selectors.isEmpty() ? whole : session.plan(GateCases.within(session.selection(selectors)));
    }

    /**
     * Measures.
     *
     * @param resume whether what an interrupted measurement left is kept
     */
    public RunSummary measure(FrontEnd front, boolean resume) {
        return new PlanRun(session, front).measure(plan, !resume);
    }

    /** What was measured against the golden curves of the same cases. */
    public GateReport compared(GateReference reference) {
        return new GateReport(
                "Golden curves against " + reference.directory(),
                GoldenCheck.compare(measured(), selected(reference.curves())));
    }

    private List<GoldenCurve> selected(List<GoldenCurve> golden) {
        Set<String> left = new HashSet<>(whole.hashes());
        left.removeAll(plan.hashes());
        return golden.stream().filter(curve -> !left.contains(curve.stage())).toList();
    }

    /** What was measured; written beside the run too, for a reference that allows for this machine's rounding. */
    private List<GoldenCurve> measured() {
        List<GoldenCurve> curves = GoldenStages.of(plan, session.output());
        GoldenCurveFile.write(session.output().root().resolve(GoldenCurveFile.NAME), curves);
        return curves;
    }

    /**
     * Writes what was measured as the golden curves.
     *
     * @param variants files of other processors' curves, whose deviations are allowed for
     * @return how many curves there are
     */
    public int update(GateReference reference, List<Path> variants) {
        List<GoldenCurve> others = variants.stream()
                .flatMap(file -> GoldenCurveFile.read(file).stream())
                .toList();
        List<GoldenCurve> curves =
                measured().stream().map(curve -> curve.spreadOver(others)).toList();
        GoldenCurveFile.write(reference.curvesFile(), curves);
        return curves.size();
    }
}
