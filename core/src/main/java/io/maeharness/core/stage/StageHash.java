package io.maeharness.core.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.maeharness.files.Sha256;
import java.util.ArrayList;
import java.util.List;

/** The identity of a stage: a SHA-256 over the canonical JSON of its fields. */
public final class StageHash {
    private static final int HEX_DIGITS = 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private StageHash() {}

    /** The first 20 hexadecimal digits of the hash, e.g. {@code 3f1c...}. */
    public static String of(Stage stage) {
        return ofJson(toJson(stage));
    }

    /** The hash of a stage in its canonical JSON form, also of one that this version cannot read any more. */
    public static String ofJson(String canonical) {
        return Sha256.of(canonical).substring(0, HEX_DIGITS);
    }

    /** The canonical JSON form: properties sorted by name, no white space. */
    public static String toJson(Stage stage) {
        try {
            return JSON.writerFor(Stage.class).writeValueAsString(stage);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stage cannot be written as JSON: " + stage, e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    public static Stage fromJson(String json) {
        try {
            return JSON.readValue(json, Stage.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a stage: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Hashes of the stages that a stage starts from, at any remove, nearest first: its configuration holds theirs. So they are
     * found for stages of earlier definitions too, which no plan has any more.
     *
     * @param configuration of the stage, as its provenance holds it
     */
    public static List<String> ofAncestors(JsonNode configuration) {
        List<String> hashes = new ArrayList<>();
        for (JsonNode field : configuration) {
            if (field.path("kind").isTextual()) {
                hashes.add(ofJson(field.toString()));
            }
            hashes.addAll(ofAncestors(field));
        }
        return hashes;
    }
}
