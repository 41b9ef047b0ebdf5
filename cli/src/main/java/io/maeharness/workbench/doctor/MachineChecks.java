package io.maeharness.workbench.doctor;

import io.maeharness.ablations.run.CodeVersion;
import io.maeharness.core.device.Devices;
import io.maeharness.core.device.EngineNatives;
import io.maeharness.core.device.Gpu;
import io.maeharness.results.Host;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at Java, the processor, its memory and the GPUs. */
final class MachineChecks {
    private static final int LEAST_JAVA = 17;
    private static final long GIB = 1L << 30;
    private static final long KIB = 1L << 10;
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final long LITTLE_MEMORY_GIB = 4;

    private MachineChecks() {}

    static List<Finding> run(Devices devices) {
        List<Finding> findings = new ArrayList<>(List.of(
                code(CodeVersion.current()), java(), processor(), instructions(devices), memory(), gpus(devices)));
        devices.leftOut()
                .forEach(line -> findings.add(Finding.warn("gpu", line, "./mae uses the others, or the processor")));
        return findings;
    }

    /** Which code it is; without its commit a number cannot be traced to what computed it. */
    static Finding code(CodeVersion version) {
        String found = "version " + version.code().harnessVersion() + ", commit "
                + version.code().commitInWords();
        return version.wayOut().isEmpty() ? Finding.ok("code", found) : Finding.warn("code", found, version.wayOut());
    }

    private static Finding java() {
        String found = System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ") in "
                + System.getProperty("java.home");
        return Runtime.version().feature() >= LEAST_JAVA
                ? Finding.ok("java", found)
                : Finding.fail("java", found, "point JAVA_HOME at a JDK " + LEAST_JAVA + " or later");
    }

    private static Finding processor() {
        Host host = Host.current();
        return Finding.ok("processor", host.processor() + ", " + host.processors() + " threads, " + host.os());
    }

    private static Finding instructions(Devices devices) {
        String vectors = devices.processor().widestVectors();
        List<String> bf16 = devices.processor().bf16Features();
        return bf16.isEmpty()
                ? Finding.warn(
                        "instructions",
                        vectors + ", no native bf16",
                        "pre-training runs in fp32 here, about a third as fast as with bf16")
                : Finding.ok("instructions", vectors + ", bf16 by " + String.join(" and ", bf16));
    }

    private static Finding memory() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            long gib = Math.round((double) system.getTotalMemorySize() / GIB);
            String found = gib + " GiB" + limit(system.getTotalMemorySize());
            return gib >= LITTLE_MEMORY_GIB
                    ? Finding.ok("memory", found)
                    : Finding.warn("memory", found, "use --workers 1");
        }
        return Finding.warn("memory", "unknown to this JVM", "mind the estimate of ./mae plan");
    }

    /** What a container allows may be less than what the machine has. */
    private static String limit(long allowed) {
        try (Stream<String> lines = Files.lines(MEMINFO)) {
            return lines.filter(line -> line.matches("MemTotal:\\s+\\d+ kB"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .filter(total -> total - allowed > total / 20)
                    .map(total -> ", the limit of its container; the machine has " + Math.round((double) total / GIB)
                            + " GiB")
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String memory(Gpu gpu) {
        return gpu.bytes() > 0 ? String.format(Locale.ROOT, " (%.1f GiB)", gpu.bytes() / GIB) : "";
    }

    private static Finding gpus(Devices devices) {
        if (devices.gpus().isEmpty()) {
            return Finding.ok("gpu", "none (" + devices.asked() + "); everything runs on the processor");
        }
        boolean instances =
                devices.gpus().stream().anyMatch(gpu -> gpu.instance().isPresent());
        String names = devices.gpus().stream()
                        .map(gpu -> "gpu:" + gpu.number() + " " + gpu.name() + memory(gpu))
                        .collect(Collectors.joining(", "))
                + (instances
                        ? "; instances of a divided card (MIG) are a worker each, and none computes with another"
                        : "");
        boolean usable = devices.natives().map(EngineNatives::cuda).orElse(true);
        return usable
                ? Finding.ok("gpu", names)
                : Finding.warn(
                        "gpu",
                        names + ", but the engine's natives are for the processor only",
                        "build with ./mvnw -Pcuda -DskipTests package to use it");
    }
}
