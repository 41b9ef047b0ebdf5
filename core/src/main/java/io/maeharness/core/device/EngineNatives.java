package io.maeharness.core.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The build of libtorch that the engine will load.
 *
 * @param version e.g. {@code 2.7.1-20250812}; empty where it is not on the class path
 * @param flavor {@code cpu}, or a CUDA one such as {@code cu128}
 * @param origin where it comes from, in words
 */
public record EngineNatives(String version, String flavor, String origin) {
    private static final String PROPERTIES = "/native/lib/pytorch.properties";
    private static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";

    /** What this JVM's class path and environment lead to; empty where the engine would have to download. */
    public static Optional<EngineNatives> find() {
        String path = System.getenv(LIBRARY_PATH);
        if (path != null && !path.isBlank()) {
            return Optional.of(ofDirectory(Path.of(path)));
        }
        try (InputStream in = EngineNatives.class.getResourceAsStream(PROPERTIES)) {
            return in == null ? Optional.empty() : Optional.of(ofProperties(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it can compute on a GPU. */
    public boolean cuda() {
        return flavor.startsWith("cu");
    }

    private static EngineNatives ofDirectory(Path directory) {
        boolean cuda = Files.exists(directory.resolve("libtorch_cuda.so"))
                || Files.exists(directory.resolve("torch_cuda.dll"));
        return new EngineNatives("", cuda ? "cuda" : "cpu", LIBRARY_PATH + "=" + directory);
    }

    private static EngineNatives ofProperties(InputStream in) throws IOException {
        Properties properties = new Properties();
        properties.load(in);
        return new EngineNatives(
                properties.getProperty("version", ""), properties.getProperty("flavor", "cpu"), "class path");
    }
}
