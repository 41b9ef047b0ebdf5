package io.maeharness.core.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.maeharness.core.error.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link Settings} as a tree of named values, and back; the records stay the only definition of what there is. */
final class SettingsTree {
    /** The key that a schedule may leave out; its steps are then whole. */
    private static final String SHARDS = "shards";
    /** The key that the section of the data may leave out; damaged images are then refused. */
    private static final String SKIP_DAMAGED = "skipDamaged";

    private static final ObjectMapper TREES = JsonMapper.builder()
            .addMixIn(Schedule.class, WithShards.class)
            .addMixIn(DataSettings.class, WithSkipDamaged.class)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final ObjectMapper FLOW = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The component of the records whose sections stand beside it in the tree. */
    private static final String RECIPES = "recipes";

    private SettingsTree() {}

    /** In a tree of settings every key stands, also one that a stage leaves out; Jackson reads it. */
    @SuppressWarnings("UnusedMethod")
    private interface WithShards {
        @JsonInclude(JsonInclude.Include.ALWAYS)
        int shards();
    }

    /** As {@link WithShards}. */
    @SuppressWarnings("UnusedMethod")
    private interface WithSkipDamaged {
        @JsonInclude(JsonInclude.Include.ALWAYS)
        boolean skipDamaged();
    }

    static ObjectNode of(Settings settings) {
        ObjectNode tree = TREES.valueToTree(settings);
        tree.setAll((ObjectNode) tree.remove(RECIPES));
        return tree;
    }

    /**
     * Builds the records.
     *
     * @throws InvalidSettingException with the message of the record that refused its values
     */
    static Settings toSettings(ObjectNode tree) {
        ObjectNode own = tree.deepCopy();
        own.findParents("microBatch").forEach(schedule -> {
            if (!schedule.has(SHARDS)) {
                ((ObjectNode) schedule).put(SHARDS, 1);
            } else if (schedule.get(SHARDS).asInt(1) == 0) { // which a record takes for a number that was not written
                throw new InvalidSettingException("shards must be a power of two, got 0; 1 leaves a step whole");
            }
        });
        if (own.get("data") instanceof ObjectNode data && !data.has(SKIP_DAMAGED)) {
            data.put(SKIP_DAMAGED, false);
        }
        List<MethodRecipe> recipes = new ArrayList<>();
        MethodRecipes.sections().forEach((section, kind) -> recipes.add(read(own.remove(section), kind, section)));
        own.putPOJO(RECIPES, new MethodRecipes(recipes));
        return read(own, Settings.class, "");
    }

    private static <T> T read(JsonNode tree, Class<T> type, String path) {
        if (tree == null) {
            throw new InvalidSettingException("the profile lacks section '" + path + "'");
        }
        try {
            return TREES.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw refusal(e, path);
        } catch (JsonProcessingException e) {
            throw new InvalidSettingException("not a profile: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads a value in YAML flow style; empty where the text is not YAML or stands for nothing. */
    static Optional<JsonNode> readFlow(String text) {
        try {
            return Optional.of(FLOW.readTree(text)).filter(n -> !n.isMissingNode() && !n.isNull());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The value at a dotted path, or null where the tree has none. */
    static JsonNode get(ObjectNode tree, String path) {
        JsonNode node = tree;
        for (String part : path.split("\\.", -1)) {
            node = node == null ? null : node.get(part);
        }
        return node;
    }

    static void set(ObjectNode tree, String path, JsonNode value) {
        int dot = path.lastIndexOf('.');
        ObjectNode section =
                dot < 0 ? tree : tree.withObject("/" + path.substring(0, dot).replace('.', '/'));
        section.set(path.substring(dot + 1), value);
    }

    private static InvalidSettingException refusal(JsonMappingException e, String path) {
        String section = Stream.concat(
                        Stream.of(path), e.getPath().stream().map(JsonMappingException.Reference::getFieldName))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
        if (e.getCause() instanceof IllegalArgumentException cause) {
            String message = cause.getMessage();
            int last = section.lastIndexOf('.') + 1;
            if (message.startsWith(section.substring(last) + " ")) {
                return new InvalidSettingException(section.substring(0, last) + message, cause);
            }
            boolean named = section.isEmpty() || message.startsWith(section.split("\\.", -1)[0] + ".");
            return new InvalidSettingException(named ? message : section + ": " + message, cause);
        }
        return new InvalidSettingException(
                "the profile lacks or misstates '" + section + "': " + e.getOriginalMessage(), e);
    }
}
