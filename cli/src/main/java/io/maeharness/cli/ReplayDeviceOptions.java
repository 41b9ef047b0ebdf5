package io.maeharness.cli;

import io.maeharness.cli.DeviceOptions.Compute;
import io.maeharness.core.device.Devices;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a replay computes on: the number format is that of the record. */
final class ReplayDeviceOptions {
    private static final String AUTO = "auto";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = AUTO,
            description =
                    "auto, cpu, gpu (all of them) or gpu:N; auto is cpu for what a processor computed (default: auto)")
    private String device = AUTO;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "worker processes (default: one for each core, as far as memory goes, or for each GPU)")
    private Optional<Integer> workers = Optional.empty();

    /**
     * What the options mean on a machine.
     *
     * @param recorded the device of the record; empty where it is not known
     * @throws HarnessException of kind DEVICE for a GPU that is not there, USAGE for a value that is not known
     */
    Compute resolve(Devices machine, Optional<String> recorded) {
        boolean asRecorded =
                device.equals(AUTO) && recorded.filter(Devices.CPU::equals).isPresent();
        try {
            List<String> devices = machine.resolve(asRecorded ? Devices.CPU : device);
            int count = workers.map(n -> SettingsOptions.atLeastOne("--workers", n))
                    .orElseGet(() -> devices.get(0).equals(Devices.CPU)
                            ? Runtime.getRuntime().availableProcessors()
                            : devices.size());
            return new Compute(devices, Precision.FP32, count, workers.isPresent());
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.USAGE, e.getMessage(), e);
        }
    }
}
