package io.maeharness.cli;

import io.maeharness.core.config.Settings;
import io.maeharness.core.device.Devices;
import io.maeharness.core.stage.Precision;
import io.maeharness.workbench.Session;
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

    /** The session of other settings with the same data, output and device. */
    Session open(Settings of) {
        Session session =
                new Session(of, device.resolve(Devices.detect()), settings.dataDirectory(), settings.directory(of));
        return tokenizer.applied(settings.chooseSeeds() ? session.withSeedsAlone() : session);
    }
}
