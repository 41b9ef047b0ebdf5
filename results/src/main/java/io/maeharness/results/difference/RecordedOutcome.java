package io.maeharness.results.difference;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.results.Provenance;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What of a stage's outcome can be compared bit for bit.
 *
 * @param metrics values by name; accuracies in percent
 * @param correct for an accuracy, one bit an evaluated image: base64, lowest bit first
 * @param draws digests of what the stage drew, by name
 */
public record RecordedOutcome(Map<String, Double> metrics, Map<String, String> correct, Map<String, String> draws) {
    /** Copies the maps. */
    public RecordedOutcome {
        metrics = new TreeMap<>(metrics);
        correct = new TreeMap<>(correct);
        draws = new TreeMap<>(draws);
    }

    /** The outcome that a record holds; empty for a record that was written without it. */
    public static Optional<RecordedOutcome> of(Provenance record) {
        return record.outcome()
                .map(tree -> new RecordedOutcome(
                        map(tree.path("metrics"), JsonNode::asDouble),
                        map(tree.path("correct"), JsonNode::asText),
                        map(tree.path("draws"), JsonNode::asText)));
    }

    private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> value) {
        Map<String, T> map = new TreeMap<>();
        object.properties().forEach(field -> map.put(field.getKey(), value.apply(field.getValue())));
        return map;
    }
}
