package io.maeharness.core.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    /** Variables that have the engine's libraries leave instructions unused that the processor has. */
    private static final List<String> LIMITS = List.of(
            "ATEN_CPU_CAPABILITY",
            "DNNL_MAX_CPU_ISA",
            "MKL_CBWR",
            "MKL_ENABLE_INSTRUCTIONS",
            "ONEDNN_DEFAULT_FPMATH_MODE",
            "ONEDNN_MAX_CPU_ISA");

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

    /**
     * What chooses the engine's kernels, on one line: kind, widest vectors, bf16 products, and what is left unused of them:
     * {@code AuthenticAMD 25 17 avx512f avx512_bf16}.
     *
     * @param environment the variables of the process that computes
     */
    public String instructions(Map<String, String> environment) {
        Stream<String> unused = LIMITS.stream()
                .flatMap(name -> Optional.ofNullable(environment.get(name)).map(value -> name + "=" + value).stream());
        return Stream.of(Stream.of(kind, widestVectors()), bf16Features().stream(), unused)
                .flatMap(parts -> parts)
                .collect(Collectors.joining(" "));
    }
}
