package io.maeharness.ablations.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Tells the results of an earlier definition of a stage from those of another configuration. A lower version of the stage
 * itself is one, whatever the profile of that time said. So is the same configuration with a lower version of a stage that
 * it starts from, and none higher; fields that only one of the two has came or went with the definition.
 */
public final class EarlierDefinition {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "version";
    private static final String KIND = "kind";

    private final List<Integer> versions = new ArrayList<>();
    private boolean lower;
    private boolean higher;

    private EarlierDefinition() {}

    /**
     * Compares a stage of old with one of today.
     *
     * @param configuration of the old stage, from its provenance
     * @return the old versions in a fixed order, when it is an earlier definition; empty when it is another stage, or the
     *     same
     */
    public static Optional<List<Integer>> versions(JsonNode configuration, Stage today) {
        JsonNode now = tree(today);
        if (configuration.path(KIND).equals(now.path(KIND))
                && configuration.path(VERSION).asInt(Integer.MAX_VALUE) < today.version()) {
            return Optional.of(List.of(configuration.path(VERSION).asInt()));
        }
        EarlierDefinition comparison = new EarlierDefinition();
        boolean same = comparison.isSame(configuration, now);
        return same && comparison.lower && !comparison.higher
                ? Optional.of(List.copyOf(comparison.versions))
                : Optional.empty();
    }

    private static JsonNode tree(Stage stage) {
        try {
            return JSON.readTree(StageHash.toJson(stage));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stage's canonical form must be JSON", e);
        }
    }

    private boolean isSame(JsonNode old, JsonNode today) {
        if (old.isNumber() && today.isNumber()) {
            return old.asDouble() == today.asDouble();
        }
        if (!old.isObject() || !today.isObject()) {
            return old.equals(today);
        }
        for (Iterator<String> names = today.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.equals(VERSION)) {
                compareVersions(old.path(name).asInt(0), today.get(name).asInt());
            } else if (old.has(name) && !isSame(old.get(name), today.get(name))) {
                return false;
            }
        }
        return true;
    }

    private void compareVersions(int old, int today) {
        versions.add(old);
        lower |= old < today;
        higher |= old > today;
    }
}
