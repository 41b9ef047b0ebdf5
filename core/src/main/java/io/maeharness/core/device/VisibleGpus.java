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
 * @param asTheTool whether numbers are said to count as the tool does, by the PCI bus
 */
record VisibleGpus(Optional<List<String>> entries, boolean asTheTool) {
    static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

    private static final String ORDER = "CUDA_DEVICE_ORDER";
    private static final String AS_THE_TOOL = "PCI_BUS_ID";
    private static final String NUMBER = "\\d+";

    /** What the environment of this process says. */
    static VisibleGpus current() {
        return of(Optional.ofNullable(System.getenv(VARIABLE)), Optional.ofNullable(System.getenv(ORDER)));
    }

    static VisibleGpus of(Optional<String> value, Optional<String> order) {
        return new VisibleGpus(
                value.map(text ->
                        Stream.of(text.split(",", -1)).map(String::strip).toList()),
                order.filter(AS_THE_TOOL::equals).isPresent());
    }

    /**
     * Those of the driver's GPUs that are visible, in the order of the variable. As CUDA has it, an entry that names none, as
     * {@code -1} or an empty one, hides itself and all that follow. A divided card stands for its instances.
     */
    List<Gpu> of(List<Gpu> driver) {
        if (entries.isEmpty()) {
            return driver;
        }
        Map<String, Gpu> visible = new LinkedHashMap<>();
        for (String entry : entries.get()) {
            List<Gpu> named = driver.stream().filter(gpu -> isNamed(gpu, entry)).toList();
            if (named.isEmpty()) {
                break;
            }
            named.forEach(gpu -> visible.putIfAbsent(gpu.number(), gpu));
        }
        return List.copyOf(visible.values());
    }

    private static boolean isNamed(Gpu gpu, String entry) {
        return entry.equals(Integer.toString(gpu.index()))
                || (entry.matches("(GPU|MIG)-.+") && gpu.uuid().startsWith(entry));
    }

    /**
     * Why it cannot be told which GPUs are meant. Left alone, CUDA counts the fastest card as 0 and promises nothing of the
     * others, while the tool counts by the PCI bus: where cards differ, a number may mean one that is somebody else's.
     * Source: CUDA C++ Programming Guide, environment variables, {@code CUDA_DEVICE_ORDER}.
     *
     * @param driver all that the driver lists
     */
    Optional<String> doubt(List<Gpu> driver) {
        boolean numbers = entries.orElse(List.of()).stream().anyMatch(entry -> entry.matches(NUMBER));
        boolean alike = driver.stream().map(Gpu::card).distinct().count() <= 1;
        return asTheTool || !numbers || alike || of(driver).size() == driver.size()
                ? Optional.empty()
                : Optional.of(words() + " counts as CUDA does, the fastest card first, and the cards differ; set "
                        + ORDER + "=" + AS_THE_TOOL + ", or name UUIDs as nvidia-smi -L lists them");
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

    /**
     * Variables under which a process sees these GPUs alone, as {@code gpu:0}, {@code gpu:1} and so on: by UUID, which means
     * the same card in whatever order CUDA counts, and by number where the driver tells none.
     *
     * @param numbers of the GPUs
     * @param known the machine's GPUs
     */
    static Map<String, String> environment(List<String> numbers, List<Gpu> known) {
        List<String> identities = numbers.stream()
                .flatMap(number -> known.stream()
                        .filter(gpu -> gpu.number().equals(number))
                        .map(Gpu::uuid)
                        .filter(uuid -> !uuid.isEmpty()))
                .toList();
        return Map.of(
                VARIABLE,
                String.join(",", identities.size() == numbers.size() ? identities : numbers),
                ORDER,
                AS_THE_TOOL);
    }
}
