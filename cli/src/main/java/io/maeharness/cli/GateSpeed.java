package io.maeharness.cli;

import io.maeharness.ablations.bench.GateSpeeds;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.gate.GateFinding;
import io.maeharness.results.gate.SpeedTier;
import io.maeharness.results.gate.StepSpeed;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The speed of the steps of a session's profile on one core of this machine, whatever else computes the session's stages. */
final class GateSpeed {
    private final GateSpeeds steps;
    private final String precision;

    GateSpeed(Session session) {
        Precision format = session.compute().precision();
        steps = GateSpeeds.of(
                session.settings(),
                BenchSpeedOptions.channels(session.settings().data()),
                format);
        precision = format.name().toLowerCase(Locale.ROOT);
    }

    /** Measures, two minutes, and compares; where the reference has no speed of this kind of machine nothing is measured. */
    List<GateFinding> compared(List<StepSpeed> reference, PrintWriter out) {
        String processor = GateSpeeds.processor();
        return SpeedTier.comparable(reference, processor, precision).isEmpty()
                ? SpeedTier.noReference(reference, processor, precision)
                : SpeedTier.compare(steps.measure(out), reference);
    }

    /** Measures. */
    List<StepSpeed> measured(PrintWriter out) {
        return steps.measure(out);
    }
}
