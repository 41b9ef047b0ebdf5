package io.maeharness.cli;

import io.maeharness.core.device.Devices;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Precision;
import java.util.List;
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

    /**
     * What the options mean on a machine.
     *
     * @throws HarnessException of kind DEVICE for a GPU that is not there, USAGE for a value that is not known
     */
    Compute resolve(Devices devices) {
        return machine.resolve(devices, MachineOptions.AUTO, device -> devices.precision(precision, device));
    }

    /**
     * What computes.
     *
     * @param devices {@code cpu}, or one or more {@code gpu:N}
     * @param precision number format
     * @param workers number of worker processes
     * @param insisted whether the user asked for that number, so that memory does not lower it
     */
    record Compute(List<String> devices, Precision precision, int workers, boolean insisted) {
        /** Copies the list. */
        Compute {
            devices = List.copyOf(devices);
        }

        /** The same in another number format. */
        Compute in(Precision other) {
            return new Compute(devices, other, workers, insisted);
        }

        /** {@code cpu} or {@code gpu}. */
        String kind() {
            return devices.get(0).replaceFirst(":.*", "");
        }
    }
}
