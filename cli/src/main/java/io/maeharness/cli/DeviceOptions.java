package io.maeharness.cli;

import io.maeharness.core.device.Devices;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what computes: none of them changes a result, except for the precision. */
final class DeviceOptions {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu (all of them) or gpu:N (default: auto)")
    private String device = "auto";

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "auto, fp32 or bf16; auto is bf16 where the device has it natively (default: auto)")
    private String precision = "auto";

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "worker processes (default: one for each core, as far as memory goes, or for each GPU)")
    private Optional<Integer> workers = Optional.empty();

    /** Whether the number format was left to the device. */
    boolean isPrecisionAuto() {
        return precision.equals("auto");
    }

    /**
     * What the options mean on a machine.
     *
     * @throws HarnessException of kind DEVICE for a GPU that is not there, USAGE for a value that is not known
     */
    Compute resolve(Devices machine) {
        try {
            List<String> devices = machine.resolve(device);
            int count = workers.map(n -> SettingsOptions.atLeastOne("--workers", n))
                    .orElseGet(() -> devices.get(0).equals(Devices.CPU)
                            ? Runtime.getRuntime().availableProcessors()
                            : devices.size());
            return new Compute(devices, machine.precision(precision, devices.get(0)), count, workers.isPresent());
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.USAGE, e.getMessage(), e);
        }
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
