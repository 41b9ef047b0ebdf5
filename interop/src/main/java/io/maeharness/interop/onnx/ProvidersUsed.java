package io.maeharness.interop.onnx;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();
    private static final String SUFFIX = "ExecutionProvider";

    /** Copies the map, sorted. */
    ProvidersUsed {
        nodes = new TreeMap<>(nodes);
    }

    /** Ends the profile of a model whose session was opened with one, and reads it. */
    static ProvidersUsed of(OnnxModel model) {
        try {
            Path profile = Path.of(model.session().endProfiling());
            // Names of nodes stand in it as the file has them, which need not be UTF-8.
            String events = Files.readString(profile, StandardCharsets.ISO_8859_1);
            Files.delete(profile);
            return read(events);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot end its profile", e);
        } catch (IOException e) {
            throw new UncheckedIOException("ONNX Runtime's profile cannot be read", e);
        }
    }

    private static ProvidersUsed read(String events) {
        Map<String, Integer> nodes = new TreeMap<>();
        JsonNode all;
        try {
            all = JSON.readTree(events);
        } catch (JsonProcessingException e) {
            return new ProvidersUsed(nodes); // A quotation mark in a name is not escaped.
        }
        for (JsonNode event : all) {
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
        if (nodes.isEmpty()) {
            return "not known, as ONNX Runtime's profile of this model cannot be read";
        }
        return nodes.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey().replace(SUFFIX, "") + " (" + entry.getValue() + " nodes)")
                .collect(Collectors.joining(", "));
    }
}
