package io.maeharness.cli;

import io.maeharness.ablations.gate.GateCases;
import io.maeharness.ablations.gate.GoldenStages;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.core.config.Settings;
import io.maeharness.results.gate.GoldenCurve;
import io.maeharness.results.gate.GoldenCurveFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures golden curves: the gate's cases over few images, always anew, as it is the code that is asked. */
final class GateCurves {
    private final Session session;
    private final Plan whole;
    private final Plan plan;

    /**
     * Plans them.
     *
     * @param gate the session of the gate's profile; curves are kept in the folder {@code gate-curves} of its output
     * @param selectors cases, as on the command line; none takes those that stand for all
     */
    GateCurves(Session gate, List<String> selectors) {
        Settings settings = GateCases.shortened(gate.settings());
        session = gate.beside(settings, gate.output().root().resolve("gate-curves"));
        whole = session.plan(GateCases.of(settings));
        plan = selectors.isEmpty() ? whole : session.plan(GateCases.within(session.selection(selectors)));
    }

    /** The golden curves of what is measured. */
    List<GoldenCurve> selected(List<GoldenCurve> golden) {
        Set<String> left = new HashSet<>(whole.hashes());
        left.removeAll(plan.hashes());
        return golden.stream().filter(curve -> !left.contains(curve.stage())).toList();
    }

    /** Where they are measured. */
    Path directory() {
        return session.output().root();
    }

    /**
     * Measures.
     *
     * @param resume whether what an interrupted measurement left is kept
     * @return how it ended; OK when all stages were computed
     */
    ExitCode measure(PrintWriter out, PrintWriter err, boolean resume) {
        return new PlanRun(session, session, out, err).measure(plan, !resume);
    }

    /** What was measured; written beside the run too, for a reference that allows for this machine's rounding. */
    List<GoldenCurve> measured() {
        List<GoldenCurve> curves = GoldenStages.of(plan, session.output());
        GoldenCurveFile.write(directory().resolve(GoldenCurveFile.NAME), curves);
        return curves;
    }
}
