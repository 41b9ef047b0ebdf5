package io.maeharness.interop.onnx;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which providers really ran the nodes of a model, read from ONNX Runtime's own profile of its first batch: a node that a
 * provider cannot run falls back to the processor without a word.
 *
 * @param nodes number of nodes by provider
 */
record ProvidersUsed(Map<String, Integer> nodes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = "ExecutionProvider";

    /** Copies the map, sorted. */
    ProvidersUsed {
        nodes = new TreeMap<>(nodes);
    }

    /** Ends the profile of a model whose session was opened with one, and reads it. */
    static ProvidersUsed of(OnnxModel model) {
        try {
            Path profile = Path.of(model.session().endProfiling());
            ProvidersUsed used = read(JSON.readTree(profile.toFile()));
            Files.delete(profile);
            return used;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot end its profile", e);
        } catch (IOException e) {
            throw new UncheckedIOException("ONNX Runtime's profile cannot be read", e);
        }
    }

    private static ProvidersUsed read(JsonNode events) {
        Map<String, Integer> nodes = new TreeMap<>();
        for (JsonNode event : events) {
            String provider = event.path("args").path("provider").asText();
            if (event.path("name").asText().endsWith("_kernel_time") && !provider.isEmpty()) {
                nodes.merge(provider, 1, Integer::sum);
            }
        }
        return new ProvidersUsed(nodes);
    }

    /** For example {@code CUDA (180 nodes), CPU (3 nodes)}, the most used first. */
    @Override
    public String toString() {
        return nodes.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey().replace(SUFFIX, "") + " (" + entry.getValue() + " nodes)")
                .collect(Collectors.joining(", "));
    }
}
