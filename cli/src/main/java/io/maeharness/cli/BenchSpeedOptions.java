package io.maeharness.cli;

import io.maeharness.ablations.bench.BenchProcess;
import io.maeharness.ablations.bench.SpeedBench;
import io.maeharness.ablations.bench.SpeedSubject;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.device.Devices;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.Precision;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of benchmarks of a step on one core of the processor. */
final class BenchSpeedOptions {
    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            description = "measure the model and batch of a profile (default: the reference configuration)")
    private Optional<String> profile = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "auto, fp32 or bf16; auto is what reproduce takes on this processor (default: auto)")
    private String precision = "auto";

    /**
     * Measures in a process of its own; returns whether it could.
     *
     * @throws HarnessException of kind UNKNOWN_PROFILE, CONFIG or USAGE for what is asked, STAGE_FAILED for a failure
     */
    boolean measure(SpeedSubject.Work work) {
        return BenchProcess.start(SpeedBench.class, subject(work).toJson());
    }

    /** What is asked to be measured. */
    SpeedSubject subject(SpeedSubject.Work work) {
        Precision format = format();
        return profile.map(ProfileLoader::load)
                .map(settings -> SpeedSubject.of(settings, work, format))
                .orElseGet(() -> SpeedSubject.reference(work, format));
    }

    private Precision format() {
        try {
            return Devices.detect().precision(precision, Devices.CPU);
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.USAGE, e.getMessage(), e);
        }
    }
}
