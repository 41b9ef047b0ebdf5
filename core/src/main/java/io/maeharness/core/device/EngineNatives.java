package io.maeharness.core.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The build of libtorch that the engine will load.
 *
 * @param version e.g. {@code 2.7.1-20250812}; empty where it is not on the class path
 * @param flavor {@code cpu}, or a CUDA one such as {@code cu128}
 * @param origin where it comes from, in words
 */
public record EngineNatives(String version, String flavor, String origin) {
    /** The CUDA build that is published for this version of the engine; a driver of CUDA 12 runs it without any toolkit. */
    static final String CUDA_FLAVOR = "cu128";

    /** Names a directory with a libtorch of the user's. */
    static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";

    private static final String FLAVOR = "PYTORCH_FLAVOR";
    private static final String VERSION = "PYTORCH_VERSION";
    private static final String NATIVES = "/native/lib/pytorch.properties";
    private static final String BINDING = "/jnilib/pytorch.properties";
    private static final String BINDING_VERSION = "jni_version";
    private static final List<String> CUDA_LIBRARIES = List.of("libtorch_cuda.so", "torch_cuda.dll");

    /** What this JVM's class path and environment lead to; empty where the engine would have to download. */
    public static Optional<EngineNatives> find() {
        return find(System.getenv(LIBRARY_PATH));
    }

    private static Optional<EngineNatives> find(String libraryPath) {
        if (libraryPath != null && !libraryPath.isBlank()) {
            return Optional.of(ofDirectory(Path.of(libraryPath)));
        }
        Properties properties = resource(NATIVES);
        return properties.isEmpty()
                ? Optional.empty()
                : Optional.of(new EngineNatives(
                        properties.getProperty("version", ""), properties.getProperty("flavor", "cpu"), "class path"));
    }

    /** Whether it can compute on a GPU. */
    public boolean cuda() {
        return flavor.startsWith("cu");
    }

    /**
     * Tells the engine, before it is loaded, what it would find out wrongly by itself; what the user has set stays.
     *
     * <p>Left alone, the engine looks for the CUDA runtime of the system and takes the processor's natives where there is
     * none, although its own come with one; and it knows no flavor of a directory that the user names.
     */
    public static void prepare() {
        settings().forEach(System::setProperty);
    }

    /** System properties that the engine needs and nobody has set. */
    static Map<String, String> settings() {
        Predicate<String> said = key -> System.getenv(key) != null || System.getProperty(key) != null;
        return settings(find(), said, () -> !NvidiaSmi.ask().gpus().isEmpty());
    }

    /**
     * System properties that the engine needs.
     *
     * @param natives as they are found before it is loaded
     * @param said whether the user has set one, which goes before
     * @param gpus whether the driver lists any; asked only where it decides
     */
    static Map<String, String> settings(
            Optional<EngineNatives> natives, Predicate<String> said, Supplier<Boolean> gpus) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (natives.isEmpty()) {
            if (!said.test(FLAVOR) && gpus.get()) {
                settings.put(FLAVOR, CUDA_FLAVOR);
            }
        } else if (natives.get().origin().startsWith(LIBRARY_PATH)) {
            settings.put(FLAVOR, natives.get().flavor());
            settings.put(VERSION, natives.get().version());
        }
        settings.keySet().removeIf(said);
        return settings;
    }

    /** A directory's build must be of the version that the engine's binding was compiled for. */
    private static EngineNatives ofDirectory(Path directory) {
        boolean cuda = CUDA_LIBRARIES.stream().anyMatch(name -> Files.exists(directory.resolve(name)));
        return new EngineNatives(
                Stream.of(binding().split("-", 2)).findFirst().orElse(""),
                cuda ? CUDA_FLAVOR : "cpu",
                LIBRARY_PATH + "=" + directory);
    }

    /** Version of the engine's binding, behind that of the libtorch that it was compiled for. */
    static String binding() {
        return resource(BINDING).getProperty(BINDING_VERSION, "");
    }

    private static Properties resource(String name) {
        Properties properties = new Properties();
        try (InputStream in = EngineNatives.class.getResourceAsStream(name)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            properties.clear(); // as if it were not there: the engine says what is wrong with it
        }
        return properties;
    }
}
