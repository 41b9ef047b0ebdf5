package io.maeharness.cli;

import io.maeharness.core.config.Settings;
import io.maeharness.core.device.Devices;
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

    /** The session of other settings with the same data, output and device. */
    Session open(Settings of) {
        return tokenizer.applied(
                new Session(of, device.resolve(Devices.detect()), settings.dataDirectory(), settings.output(of)));
    }
}
