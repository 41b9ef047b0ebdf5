package io.maeharness.cli;

import io.maeharness.ablations.forecast.GpuMachine;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.Devices;
import io.maeharness.core.stage.Precision;
import io.maeharness.workbench.Compute;
import io.maeharness.workbench.Session;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The options of every command that plans or runs. */
final class SessionOptions {
    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Mixin
    private TokenizerOption tokenizer = new TokenizerOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    /** The session of the profile with all changes on devices that need not be here. */
    Session openOn(Function<DeviceOptions, Compute> compute) {
        return session(settings.settings(), compute.apply(device));
    }

    /** The machine of a forecast. */
    GpuMachine machine(ForecastOptions forecast) {
        return forecast.machine(device);
    }

    /** The session of other settings with the same data, output and device. */
    Session open(Settings of) {
        return session(of, device.resolve(Devices.detect()));
    }

    private Session session(Settings of, Compute compute) {
        Session session =
                new Session(of, compute, settings.images(spec.commandLine().getErr()), settings.directory(of));
        return tokenizer.applied(settings.chooseSeeds() ? session.withSeedsAlone() : session);
    }
}
