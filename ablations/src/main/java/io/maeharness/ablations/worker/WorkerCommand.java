package io.maeharness.ablations.worker;

import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.device.Devices;
import io.maeharness.core.device.EngineProcess;
import io.maeharness.core.device.JavaOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a worker process is started: the same Java and class path as this process.
 *
 * @param mainClass class with the worker's {@code main}
 * @param javaOptions options of its JVM
 * @param workers that compute at once on this machine
 */
public record WorkerCommand(String mainClass, List<String> javaOptions, int workers) {
    /** glibc keeps large buffers instead of giving them back to the kernel page by page: steps are faster. */
    private static final Map<String, String> MALLOC = Map.of(
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "268435456");

    /**
     * A GPU takes images from the threads of all cores, some gigabytes of them a second, which one collecting thread and a
     * small heap would stop again and again.
     */
    private static final List<String> FEEDING_A_GPU = List.of("-XX:-UseSerialGC", "-XX:+UseParallelGC", "-Xmx8g");

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

    /** A worker that is alone. */
    public WorkerCommand(String mainClass, List<String> javaOptions) {
        this(mainClass, javaOptions, 1);
    }

    /** The same worker as one of several, which share the cores where they feed GPUs. */
    public WorkerCommand beside(int all) {
        return new WorkerCommand(mainClass, javaOptions, all);
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
        List<String> command = command(Devices.CPU);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        environment(builder.environment());
        return builder.inheritIO();
    }

    /**
     * The process, ready to start, with its log appended to a file.
     *
     * @param device the only one that it sees
     */
    ProcessBuilder process(Path log, String device) {
        ProcessBuilder builder = new ProcessBuilder(command(device));
        environment(builder.environment());
        EngineProcess.restrict(device, builder.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder;
    }

    private List<String> command(String device) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaOptions.ofNativeAccess());
        command.addAll(javaOptions);
        if (DeviceKind.of(device) == DeviceKind.GPU) {
            command.addAll(FEEDING_A_GPU);
            int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / workers);
            command.add("-XX:ActiveProcessorCount=" + cores);
        }
        EngineProcess.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.add("-Dai.djl.pytorch.num_interop_threads=1");
        command.add("-DOPT_OUT_TRACKING=true");
        command.add(mainClass);
        return command;
    }

    /** The class path goes through the environment, where it may be long and needs no quoting. */
    private static void environment(Map<String, String> environment) {
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        environment.put("OMP_NUM_THREADS", "1");
        environment.put("MKL_NUM_THREADS", "1");
        environment.put("OPT_OUT_TRACKING", "true");
        environment.put("ORT_DISABLE_TELEMETRY", "1");
        if (System.getProperty("os.name").startsWith("Linux")) {
            environment.putAll(MALLOC);
        }
    }
}
