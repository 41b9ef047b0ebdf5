package io.maeharness.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A machine and its JVM, as recorded beside every result.
 *
 * @param javaVersion version of the Java runtime
 * @param javaVendor vendor of the Java runtime
 * @param os name, version and architecture of the operating system
 * @param processor model name of the processor, or the architecture where the system does not tell
 * @param processors logical processors the JVM may use
 */
public record Host(String javaVersion, String javaVendor, String os, String processor, int processors) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** The machine this JVM runs on. */
    public static Host current() {
        String os = System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
        return new Host(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                os,
                processorName(),
                Runtime.getRuntime().availableProcessors());
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(CPUINFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(Host::architecture);
        } catch (IOException e) {
            return architecture();
        }
    }

    private static String architecture() {
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows == null ? System.getProperty("os.arch") : windows;
    }
}
