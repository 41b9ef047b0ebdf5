package io.maeharness.ablations.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a worker process is started: the same Java and class path as this process.
 *
 * @param mainClass class with the worker's {@code main}
 * @param javaOptions options of its JVM
 */
public record WorkerCommand(String mainClass, List<String> javaOptions) {
    /** System properties, by their beginning, that concern the engine, its log and this harness. */
    private static final List<String> INHERITED =
            List.of("ai.djl.", "DJL_", "ENGINE_CACHE_DIR", "PYTORCH_", "org.slf4j.simpleLogger.", "mae.");

    /** glibc keeps large buffers instead of giving them back to the kernel page by page: steps are faster. */
    private static final Map<String, String> MALLOC = Map.of(
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "268435456");

    /** Weights that were read from a file stay in direct buffers, which Java would limit to the size of the heap. */
    private static final String LARGE_BUFFERS = "-XX:MaxDirectMemorySize=64g";

    /**
     * A signal ends the process at once, without the exit of C that runs the destructors of the engine's libraries: a thread
     * that still computes with them would crash. For processes that have nothing to save.
     */
    public static final String ENDED_AT_ONCE = "-Xrs";

    /** Copies the list. */
    public WorkerCommand {
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * Workers that compute real stages. There is a worker for each core, so none collects garbage on several threads.
     *
     * @param heap largest Java heap, as after {@code -Xmx}; tensors live outside it
     */
    public static WorkerCommand standard(String heap) {
        return new WorkerCommand(WorkerMain.class.getName(), List.of("-Xmx" + heap, "-XX:+UseSerialGC", LARGE_BUFFERS));
    }

    /** Another program that computes, with the engine's settings and the memory settings of a worker; a signal ends it. */
    public static WorkerCommand of(Class<?> program) {
        return new WorkerCommand(program.getName(), List.of("-Xmx256m", "-XX:+UseSerialGC", ENDED_AT_ONCE));
    }

    /** The process, ready to start, reading and printing where this one does. */
    public ProcessBuilder foreground(String... arguments) {
        List<String> command = command();
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        environment(builder.environment());
        return builder.inheritIO();
    }

    /** The process, ready to start, with its log appended to a file. */
    ProcessBuilder process(Path log) {
        ProcessBuilder builder = new ProcessBuilder(command());
        environment(builder.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        inherited().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.add("-Dai.djl.pytorch.num_interop_threads=1");
        command.add("-DOPT_OUT_TRACKING=true");
        command.add(mainClass);
        return command;
    }

    private static Map<String, String> inherited() {
        Map<String, String> inherited = new TreeMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> INHERITED.stream().anyMatch(key::startsWith))
                .forEach(key -> inherited.put(key, System.getProperty(key)));
        return inherited;
    }

    /** The class path goes through the environment, where it may be long and needs no quoting. */
    private static void environment(Map<String, String> environment) {
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        environment.put("OMP_NUM_THREADS", "1");
        environment.put("MKL_NUM_THREADS", "1");
        environment.put("OPT_OUT_TRACKING", "true");
        if (System.getProperty("os.name").startsWith("Linux")) {
            environment.putAll(MALLOC);
        }
    }
}
