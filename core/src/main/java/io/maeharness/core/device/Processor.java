package io.maeharness.core.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor's instruction set, as far as the system tells.
 *
 * @param kind maker, family and model, e.g. {@code AuthenticAMD 25 17}; {@code unknown} where the system does not tell
 * @param flags names of the features, e.g. {@code avx512_bf16}; empty where the system does not list them
 */
public record Processor(String kind, Set<String> flags) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";
    private static final List<String> BF16 = List.of("amx_bf16", "avx512_bf16");

    /** Copies the set. */
    public Processor {
        flags = Set.copyOf(flags);
    }

    /** The processor of this machine. */
    public static Processor current() {
        try {
            return ofCpuInfo(Files.readAllLines(CPUINFO));
        } catch (IOException e) {
            return new Processor(UNKNOWN, Set.of());
        }
    }

    /** Reads the lines of Linux's {@code /proc/cpuinfo}. */
    static Processor ofCpuInfo(List<String> lines) {
        String kind = Stream.of("vendor_id", "cpu family", "model\t", "CPU implementer", "CPU part")
                .flatMap(name -> value(lines, name).stream())
                .collect(Collectors.joining(" "));
        Set<String> flags = Stream.of("flags", "Features")
                .flatMap(name -> value(lines, name).stream())
                .flatMap(names -> Stream.of(names.split("\\s+", -1)))
                .collect(Collectors.toSet());
        return new Processor(kind.isEmpty() ? UNKNOWN : kind, flags);
    }

    private static Optional<String> value(List<String> lines, String name) {
        return lines.stream().filter(line -> line.startsWith(name)).findFirst().map(line -> line.substring(
                        line.indexOf(':') + 1)
                .strip());
    }

    /** The features that multiply bfloat16 matrices, the fastest first; none where fp32 is the faster choice. */
    public List<String> bf16Features() {
        return BF16.stream().filter(flags::contains).toList();
    }

    /** The widest vector feature the engine has kernels for. */
    public String widestVectors() {
        return List.of("avx512f", "avx2", "asimd").stream()
                .filter(flags::contains)
                .findFirst()
                .orElse("none known");
    }
}
