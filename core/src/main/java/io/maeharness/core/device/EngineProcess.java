package io.maeharness.core.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a process that loads the engine is started with: the settings of this one, and the devices that it is to see. */
public final class EngineProcess {
    /** System properties, by their beginning, that concern the engine, its log, this harness, and where libraries are unpacked. */
    private static final List<String> INHERITED = List.of(
            "ai.djl.",
            "DJL_",
            "ENGINE_CACHE_DIR",
            "PYTORCH_",
            "jna.",
            "onnxruntime.",
            "org.slf4j.simpleLogger.",
            "mae.",
            "java.io.tmpdir",
            "user.home");

    private static final String GPU = "gpu:";

    /** Would have products of fp32 computed in TF32, with ten bits, whatever else is said. */
    private static final Set<String> REMOVED = Set.of("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE");

    private static final Map<String, String> ON_A_GPU = Map.of(
            "NVIDIA_TF32_OVERRIDE", "0", // fp32 is fp32, in convolutions too
            "PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:True");

    private EngineProcess() {}

    /** System properties that the other process needs: those of this one, and what the engine would find out wrongly. */
    public static Map<String, String> properties() {
        Map<String, String> inherited = new TreeMap<>(EngineNatives.settings());
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> INHERITED.stream().anyMatch(key::startsWith))
                .forEach(key -> inherited.put(key, System.getProperty(key)));
        return inherited;
    }

    /**
     * Changes the environment of a process so that it sees the GPUs of its device alone; for the processor it stays.
     *
     * @param device {@code cpu}, or {@code gpu:} and the numbers of one or more GPUs, {@code gpu:0+1}
     * @param environment of the process that is to be started, changed in place
     */
    public static void restrict(String device, Map<String, String> environment) {
        restrict(device, gpus(device).isEmpty() ? List.of() : NvidiaSmi.ask().gpus(), environment);
    }

    /**
     * As {@link #restrict(String, Map)}.
     *
     * @param known the machine's GPUs
     */
    static void restrict(String device, List<Gpu> known, Map<String, String> environment) {
        List<String> gpus = gpus(device);
        if (gpus.isEmpty()) {
            return;
        }
        environment.putAll(VisibleGpus.environment(gpus, known));
        environment.keySet().removeAll(REMOVED);
        Map<String, String> wanted = new LinkedHashMap<>(ON_A_GPU);
        environment.computeIfPresent("PYTORCH_CUDA_ALLOC_CONF", (key, said) -> {
            wanted.remove(key);
            return said;
        });
        environment.putAll(wanted);
    }

    /** Numbers of the GPUs of a device, of an instance as {@code 1.0}; none for the processor. */
    static List<String> gpus(String device) {
        return device.startsWith(GPU) ? List.of(device.substring(GPU.length()).split("\\+", -1)) : List.of();
    }

    /**
     * What the engine of this process calls a device: it counts the GPUs that it sees from 0, and sees those of its device
     * in their order, as {@link #restrict} left them to it.
     *
     * @param device as the machine counts, {@code cpu}, {@code gpu:3} or {@code gpu:2+3}
     */
    public static String local(String device) {
        return local(device, VisibleGpus.current());
    }

    static String local(String device, VisibleGpus visible) {
        List<String> gpus = gpus(device);
        boolean restricted =
                visible.entries().filter(list -> list.size() == gpus.size()).isPresent();
        return gpus.isEmpty() || !restricted
                ? device
                : IntStream.range(0, gpus.size()).mapToObj(Integer::toString).collect(Collectors.joining("+", GPU, ""));
    }
}
