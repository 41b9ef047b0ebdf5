package io.maeharness.workbench.gate;

import io.maeharness.ablations.gate.GateSpeeds;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.gate.GateFinding;
import io.maeharness.results.gate.GateReport;
import io.maeharness.results.gate.SpeedTier;
import io.maeharness.results.gate.StepSpeed;
import io.maeharness.results.gate.StepSpeedFile;
import io.maeharness.workbench.Session;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The speed of the steps of a session's profile on one core of this machine, whatever else computes the session's stages. */
public final class SpeedGate {
    private final GateSpeeds steps;
    private final String precision;

    /** The steps of a session. */
    public SpeedGate(Session session) {
        Precision format = session.compute().precision();
        steps = GateSpeeds.of(
                session.settings(), session.settings().data().dataset().channels(), format);
        precision = format.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Measures, two minutes, and compares; where the reference has no speed of this kind of machine nothing is measured.
     *
     * @param out is told each round
     */
    public GateReport compared(GateReference reference, PrintWriter out) {
        return new GateReport(
                "Speed of steps over matrix products against " + reference.directory(),
                findings(reference.speeds(), out));
    }

    private List<GateFinding> findings(List<StepSpeed> reference, PrintWriter out) {
        String processor = GateSpeeds.processor();
        return SpeedTier.comparable(reference, processor, precision).isEmpty()
                ? SpeedTier.noReference(reference, processor, precision)
                : SpeedTier.compare(steps.measure(out), reference);
    }

    /**
     * Measures and writes the reference, unless others compute on the machine.
     *
     * @param out is told each round
     * @return why nothing was written; empty when the reference was
     */
    public Optional<String> update(GateReference reference, PrintWriter out) {
        List<StepSpeed> measured = steps.measure(out);
        Optional<String> busy = SpeedTier.busy(measured);
        if (busy.isEmpty()) {
            StepSpeedFile.replace(reference.speedFile(), measured);
        }
        return busy;
    }
}
