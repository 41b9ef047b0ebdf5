package io.maeharness.core.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which GPUs the variable {@code CUDA_VISIBLE_DEVICES} leaves to this process: a scheduler sets it, the driver's own tool
 * does not heed it, and CUDA counts those that are left from 0 again.
 *
 * <p>Here a GPU keeps the number that the tool gives it, {@code gpu:3}; {@link #environment} has a process see some alone.
 *
 * @param entries numbers or beginnings of UUIDs, in order; empty where the variable is not set and all are visible
 */
record VisibleGpus(Optional<List<String>> entries) {
    static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

    private static final String ORDER = "CUDA_DEVICE_ORDER";
    private static final String AS_THE_TOOL = "PCI_BUS_ID";

    /** What the environment of this process says. */
    static VisibleGpus current() {
        return of(Optional.ofNullable(System.getenv(VARIABLE)));
    }

    static VisibleGpus of(Optional<String> value) {
        return new VisibleGpus(value.map(
                text -> Stream.of(text.split(",", -1)).map(String::strip).toList()));
    }

    /**
     * Those of the driver's GPUs that are visible, in the order of the variable. As CUDA has it, an entry that names none, as
     * {@code -1} or an empty one, hides itself and all that follow.
     */
    List<Gpu> of(List<Gpu> driver) {
        if (entries.isEmpty()) {
            return driver;
        }
        Map<Integer, Gpu> visible = new LinkedHashMap<>();
        for (String entry : entries.get()) {
            Optional<Gpu> named =
                    driver.stream().filter(gpu -> isNamed(gpu, entry)).findFirst();
            if (named.isEmpty()) {
                break;
            }
            visible.putIfAbsent(named.get().index(), named.get());
        }
        return List.copyOf(visible.values());
    }

    private static boolean isNamed(Gpu gpu, String entry) {
        return entry.equals(Integer.toString(gpu.index()))
                || (entry.startsWith("GPU-") && gpu.uuid().startsWith(entry));
    }

    /** What the driver's tool calls the GPU that CUDA gives this number in this process. */
    String entry(int number) {
        return entries.filter(list -> number < list.size())
                .map(list -> list.get(number))
                .orElse(Integer.toString(number));
    }

    /** In words, for the line that refuses a GPU. */
    String words() {
        return entries.map(list -> VARIABLE + "=" + String.join(",", list)).orElse("all are visible");
    }

    /** Variables under which a process sees these GPUs alone, as {@code gpu:0}, {@code gpu:1} and so on. */
    static Map<String, String> environment(List<Integer> indices) {
        return Map.of(
                VARIABLE, String.join(",", indices.stream().map(String::valueOf).toList()), ORDER, AS_THE_TOOL);
    }
}
