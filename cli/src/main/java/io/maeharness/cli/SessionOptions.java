package io.maeharness.cli;

import io.maeharness.core.config.Settings;
import io.maeharness.core.device.Devices;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** The options of every command that plans or runs. */
final class SessionOptions {
    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Mixin
    private TokenizerOption tokenizer = new TokenizerOption();

    SettingsOptions settings() {
        return settings;
    }

    /** The session of the profile with all changes. */
    Session open() {
        return open(settings.settings());
    }

    /** The session of the profile with all changes, in fp32 unless {@code --precision} says otherwise. */
    Session openComparable() {
        return device.isPrecisionAuto() ? open().in(Precision.FP32) : open();
    }

    /**
     * A session as reports show it: with every seed that some results have a value of, unless the options choose the seeds.
     */
    Session shown(Session session, ResultStore... results) {
        return settings.chooseSeeds()
                ? session
                : session.withSeedsToo(Stream.of(results)
                        .flatMap(store -> store.rows().stream())
                        .filter(row -> row.state() == ResultState.MEASURED || row.state() == ResultState.FAILED)
                        .map(ResultRow::seed)
                        .toList());
    }

    /** The session of other settings with the same data, output and device. */
    Session open(Settings of) {
        return tokenizer.applied(
                new Session(of, device.resolve(Devices.detect()), settings.dataDirectory(), settings.output(of)));
    }
}
