package io.maeharness.core.device;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Memory that is free on a device now. */
public final class DeviceMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final double KIBI = 1024;
    private static final double MEBI = 1024 * 1024;

    private DeviceMemory() {}

    /**
     * Free bytes, or 0 where nothing tells: the machine's for {@code cpu}, a GPU's own for {@code gpu:N}.
     *
     * @param device as the engine of this process names it
     */
    public static double freeBytes(String device) {
        if (DeviceKind.of(device) == DeviceKind.CPU) {
            return machineBytes();
        }
        int number = Integer.parseInt(EngineProcess.gpus(device).get(0));
        return ofGpu(
                VisibleGpus.current().entry(number),
                NvidiaSmi.ask().gpus(),
                card -> NvidiaSmi.lines("--query-gpu=memory.free", "--format=csv,noheader,nounits", "-i", card));
    }

    /**
     * Free bytes of a GPU; of an instance of a divided card all of them, as the tool cannot be asked and none shares it.
     *
     * @param entry what the variable calls it: a number or a UUID
     * @param free asks the tool about a card
     */
    static double ofGpu(String entry, List<Gpu> known, Function<String, List<String>> free) {
        return known.stream()
                .filter(gpu -> gpu.instance().isPresent() && gpu.uuid().equals(entry))
                .findFirst()
                .map(Gpu::bytes)
                .orElseGet(() -> ofGpu(free.apply(entry)));
    }

    /** Reads the one line that the driver's tool prints: a number of MiB. */
    static double ofGpu(List<String> lines) {
        return lines.size() == 1 && lines.get(0).strip().matches("\\d+")
                ? Double.parseDouble(lines.get(0).strip()) * MEBI
                : 0;
    }

    /** What the system can hand out without swapping, but no more than this process is allowed. */
    private static double machineBytes() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double allowed = system.getTotalMemorySize();
        try {
            double available = ofMemInfo(Files.readAllLines(MEMINFO));
            return available > 0 ? Math.min(allowed, available) : system.getFreeMemorySize();
        } catch (IOException e) {
            return system.getFreeMemorySize();
        }
    }

    /** Reads the lines of Linux's {@code /proc/meminfo}. */
    static double ofMemInfo(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBI)
                .findFirst()
                .orElse(0);
    }
}
