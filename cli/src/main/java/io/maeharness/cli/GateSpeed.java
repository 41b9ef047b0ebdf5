package io.maeharness.cli;

import io.maeharness.ablations.gate.GateSpeeds;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.gate.GateFinding;
import io.maeharness.results.gate.SpeedTier;
import io.maeharness.results.gate.StepSpeed;
import io.maeharness.results.gate.StepSpeedFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /** Measures and writes the reference, unless others compute on the machine; returns how it ended. */
    ExitCode update(GateReference reference, PrintWriter out) {
        List<StepSpeed> measured = steps.measure(out);
        Optional<String> busy = SpeedTier.busy(measured);
        if (busy.isEmpty()) {
            StepSpeedFile.replace(reference.speedFile(), measured);
        }
        out.println(busy.map(why -> "no reference was written: " + why)
                .orElseGet(() -> "speeds of " + GateSpeeds.processor() + " written to " + reference.speedFile()));
        out.flush();
        return busy.isPresent() ? ExitCode.CANNOT_TELL : ExitCode.OK;
    }
}
