package io.maeharness.cli;

import com.sun.management.OperatingSystemMXBean;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.cli.DeviceOptions.Compute;
import io.maeharness.core.device.Devices;
import java.lang.management.ManagementFactory;
import java.util.List;

/** How many workers run at once: as many as cores, but no more than the machine's memory holds. */
final class WorkerCount {
    /** What the system and the coordinator need stays free. */
    private static final double USABLE = 0.85;

    private WorkerCount() {}

    /** Workers for these stages; a number that the user asked for, and one for each GPU, is kept. */
    static int of(Compute compute, List<PlannedStage> stages) {
        if (compute.insisted() || !compute.devices().get(0).equals(Devices.CPU)) {
            return compute.workers();
        }
        double largest = stages.stream()
                .filter(s -> !s.stage().exclusive()) // those run alone, whatever the number
                .mapToDouble(s -> s.bytes())
                .max()
                .orElse(1);
        return fitting(compute.workers(), largest, machineBytes());
    }

    /** As many as fit, at least one. */
    static int fitting(int wanted, double bytesAWorker, double bytesOfTheMachine) {
        return (int) Math.max(1, Math.min(wanted, Math.floor(USABLE * bytesOfTheMachine / bytesAWorker)));
    }

    private static double machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
