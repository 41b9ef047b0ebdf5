package io.maeharness.cli;

import io.maeharness.core.device.Devices;
import io.maeharness.core.error.HarnessException;
import io.maeharness.workbench.Compute;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what computes: none of them changes a result, except for the precision. */
final class DeviceOptions {
    @Mixin
    private MachineOptions machine = new MachineOptions();

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "auto, fp32 or bf16; auto is bf16 where the device has it natively (default: auto)")
    private String precision = "auto";

    /** Whether the number format was left to the device. */
    boolean isPrecisionAuto() {
        return precision.equals("auto");
    }

    /** Device and workers as they were asked for. */
    MachineOptions machine() {
        return machine;
    }

    /** The number format as it was asked for. */
    String precision() {
        return precision;
    }

    /**
     * What the options mean on a machine.
     *
     * @throws HarnessException of kind DEVICE for a GPU that is not there, USAGE for a value that is not known
     */
    Compute resolve(Devices devices) {
        return machine.resolve(devices, MachineOptions.AUTO, device -> devices.precision(precision, device));
    }
}
