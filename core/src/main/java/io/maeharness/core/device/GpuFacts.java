package io.maeharness.core.device;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a process that computes on GPUs says of them, for the provenance of what it computed. */
public final class GpuFacts {
    private static final double MEBI = 1024 * 1024;

    private GpuFacts() {}

    /** Whether a stage that names this device was computed on a GPU; an imported one names none. */
    public static boolean isGpu(String device) {
        return !EngineProcess.gpus(device).isEmpty();
    }

    /** The device with the kind of its GPUs, {@code gpu:3 NVIDIA H100}; the processor as it is. */
    public static String described(String device) {
        return described(
                device,
                EngineProcess.gpus(device).isEmpty()
                        ? List.of()
                        : NvidiaSmi.ask().gpus());
    }

    /** Memory of the smallest GPU of a device, bytes; 0 for the processor, and where the driver does not tell. */
    public static double bytes(String device) {
        return EngineProcess.gpus(device).isEmpty()
                ? 0
                : bytes(device, NvidiaSmi.ask().gpus());
    }

    static double bytes(String device, List<Gpu> known) {
        return known.stream()
                .filter(gpu -> EngineProcess.gpus(device).contains(gpu.number()))
                .mapToDouble(Gpu::bytes)
                .min()
                .orElse(0);
    }

    static String described(String device, List<Gpu> known) {
        List<String> names = EngineProcess.gpus(device).stream()
                .flatMap(number -> known.stream().filter(gpu -> gpu.number().equals(number)))
                .map(Gpu::name)
                .distinct()
                .toList();
        return names.isEmpty() ? device : device + " " + String.join(" and ", names);
    }

    /** Version of the driver and memory held, by name; nothing for the processor. */
    public static Map<String, String> of(String device) {
        if (EngineProcess.gpus(device).isEmpty()) {
            return Map.of();
        }
        return of(
                NvidiaSmi.ask().gpus(),
                NvidiaSmi.lines("--query-compute-apps=pid,used_gpu_memory", "--format=csv,noheader,nounits"),
                ProcessHandle.current().pid());
    }

    /** The engine gives no memory back, so that this is the most that the process held for this stage or one before it. */
    static Map<String, String> of(List<Gpu> known, List<String> processes, long pid) {
        Map<String, String> facts = new TreeMap<>();
        known.stream()
                .map(Gpu::driver)
                .filter(driver -> !driver.isEmpty())
                .findFirst()
                .ifPresent(driver -> facts.put("GPU driver", driver));
        held(processes, pid)
                .ifPresent(bytes -> facts.put("GPU memory held by the worker, bytes", Long.toString(bytes)));
        return facts;
    }

    private static OptionalLong held(List<String> processes, long pid) {
        long bytes = processes.stream()
                .map(line -> line.strip().split("\\s*,\\s*", -1))
                .filter(fields ->
                        fields.length == 2 && fields[0].equals(Long.toString(pid)) && fields[1].matches("\\d+"))
                .mapToLong(fields -> Math.round(Long.parseLong(fields[1]) * MEBI))
                .sum();
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
