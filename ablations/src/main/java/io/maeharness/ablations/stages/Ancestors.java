package io.maeharness.ablations.stages;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.core.stage.StageHash;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages that a stage starts from, at any remove, read from the configuration in its provenance: it holds theirs within
 * its own. So they are found for stages of earlier definitions too, which no plan has any more.
 */
public final class Ancestors {
    private Ancestors() {}

    /** Their hashes, nearest first. */
    public static List<String> of(JsonNode configuration) {
        List<String> hashes = new ArrayList<>();
        for (JsonNode field : configuration) {
            if (field.path("kind").isTextual()) {
                hashes.add(StageHash.ofJson(field.toString()));
            }
            hashes.addAll(of(field));
        }
        return hashes;
    }
}
