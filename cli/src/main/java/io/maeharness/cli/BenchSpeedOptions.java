package io.maeharness.cli;

import io.maeharness.ablations.bench.SpeedBench;
import io.maeharness.ablations.bench.SpeedSubject;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.Devices;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Precision;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of benchmarks of a step on one core of the processor. */
final class BenchSpeedOptions {
    private static final int COLOURS = 3;

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
     * Measures in a process of its own; returns the exit code.
     *
     * @throws HarnessException of kind UNKNOWN_PROFILE, CONFIG or USAGE for what is asked, STAGE_FAILED for a failure
     */
    int measure(SpeedSubject.Work work) {
        return BenchCommand.inItsOwnProcess(SpeedBench.class, subject(work).toJson());
    }

    /** What is asked to be measured. */
    SpeedSubject subject(SpeedSubject.Work work) {
        Precision format = format();
        return profile.map(ProfileLoader::load)
                .map(settings -> of(settings, work, format))
                .orElseGet(() -> SpeedSubject.reference(work, format));
    }

    private Precision format() {
        try {
            return Devices.detect().precision(precision, Devices.CPU);
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.USAGE, e.getMessage(), e);
        }
    }

    private static SpeedSubject of(Settings settings, SpeedSubject.Work work, Precision format) {
        return new SpeedSubject(
                work,
                "profile " + settings.name(),
                settings.model(),
                settings.pretrain(),
                channels(settings.data()),
                work == SpeedSubject.Work.PRETRAIN
                        ? settings.pretrain().schedule().microBatch()
                        : SpeedSubject.featureBatch(settings.model().imageSize()),
                format);
    }

    /** Channels of a profile's images, without opening them. */
    static int channels(DataSettings data) {
        return data.dataset().equals("imagefolder") || data.dataset().equals("cifar10") ? COLOURS : 1;
    }
}
