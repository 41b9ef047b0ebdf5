package io.maeharness.workbench;

import com.sun.management.OperatingSystemMXBean;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.stage.Precision;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What computes.
 *
 * @param devices of a worker each: {@code cpu}, one or more {@code gpu:N}, or several of one worker, {@code gpu:0+1}
 * @param precision number format
 * @param workers number of worker processes
 * @param insisted whether the user asked for that number, so that memory does not lower it
 * @param memory of each device that is a GPU, bytes, of several together that of the smallest; 0 for a processor, and where
 *     the driver does not tell
 */
public record Compute(List<String> devices, Precision precision, int workers, boolean insisted, List<Double> memory) {
    /** What the system and the coordinator need stays free. */
    private static final double USABLE = 0.85;

    /** Copies the lists. */
    public Compute {
        devices = List.copyOf(devices);
        memory = List.copyOf(memory);
    }

    /** Devices of which no memory is known. */
    public Compute(List<String> devices, Precision precision, int workers, boolean insisted) {
        this(devices, precision, workers, insisted, Collections.nCopies(devices.size(), 0.0));
    }

    /** The same in another number format. */
    public Compute in(Precision other) {
        return new Compute(devices, other, workers, insisted, memory);
    }

    /** One worker on the first device. */
    Compute alone() {
        return new Compute(devices.subList(0, 1), precision, 1, true, memory.subList(0, 1));
    }

    /** The kind of its devices. */
    DeviceKind kind() {
        return DeviceKind.of(devices.get(0));
    }

    /**
     * How many workers run at once: as many as cores, but no more than the machine's memory holds of these stages; on GPUs
     * one each, and several where the stages are too small for one to fill it. A number that the user asked for is kept.
     */
    public int workersFor(List<PlannedStage> stages) {
        if (insisted) {
            return workers;
        }
        List<PlannedStage> together = stages.stream()
                .filter(stage -> !stage.stage().exclusive()) // those run alone, whatever the number
                .toList();
        if (kind() == DeviceKind.GPU) {
            boolean alone = devices.stream().allMatch(device -> device.indexOf('+') < 0);
            int cores = Runtime.getRuntime().availableProcessors() / devices.size();
            return devices.size() * (alone ? SharedGpu.workers(together, Collections.min(memory), cores) : 1);
        }
        double largest =
                together.stream().mapToDouble(PlannedStage::bytes).max().orElse(1);
        return fitting(workers, largest, machineBytes());
    }

    /** The device of each of these workers. */
    List<String> slotsFor(List<PlannedStage> stages) {
        return IntStream.range(0, workersFor(stages))
                .mapToObj(i -> devices.get(i % devices.size()))
                .toList();
    }

    /** As many as fit, at least one. */
    static int fitting(int wanted, double bytesAWorker, double bytesOfTheMachine) {
        return (int) Math.max(1, Math.min(wanted, Math.floor(USABLE * bytesOfTheMachine / bytesAWorker)));
    }

    private static double machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
