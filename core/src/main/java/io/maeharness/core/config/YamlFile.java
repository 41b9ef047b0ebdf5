package io.maeharness.core.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A YAML mapping together with the line of each of its keys, for messages that lead to the place. */
final class YamlFile {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private final ObjectNode root;

    /**
     * Reads the text of a file.
     *
     * @param name of the file, for messages
     * @throws InvalidSettingException for anything but one mapping without duplicate keys, with the file and the line
     */
    YamlFile(String name, String text) {
        this.name = name;
        this.root = read(text);
    }

    /** The whole mapping. */
    ObjectNode root() {
        return root;
    }

    /** File and line of a dotted path, e.g. {@code my.yaml line 3}. */
    String place(String path) {
        Integer line = lines.get(path);
        return line == null ? name : name + " line " + line;
    }

    private ObjectNode read(String text) {
        try (JsonParser parser = YAML.createParser(text)) {
            if (parser.nextToken() == null) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidSettingException(
                        name + ": a profile is a mapping of keys to values, such as 'extends: quick'");
            }
            ObjectNode mapping = object(parser, "");
            if (parser.nextToken() != null) {
                throw new InvalidSettingException(name + ": holds more than one document; keep the first");
            }
            return mapping;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage()
                    .lines()
                    .findFirst()
                    .orElse("unreadable")
                    .replaceAll("<org\\.yaml\\.snakeyaml\\.events\\.(\\w+?)Event[^>]*>", "$1");
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new InvalidSettingException(name + " line " + line + ": not YAML: " + reason, e);
        } catch (IOException e) {
            throw new InvalidSettingException(name + ": cannot be read: " + FileProblem.inWords(e), e);
        }
    }

    private ObjectNode object(JsonParser parser, String prefix) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String path = prefix + parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            String key = parser.currentName();
            if (object.has(key)) {
                throw new InvalidSettingException(name + " line " + line + ": key '" + path
                        + "' stands here a second time, first in line " + lines.get(path) + "; keep one");
            }
            lines.put(path, line);
            parser.nextToken();
            object.set(key, value(parser, path));
        }
        return object;
    }

    private JsonNode value(JsonParser parser, String path) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path + ".");
            case START_ARRAY -> array(parser, path);
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> nodes.nullNode();
            default -> nodes.textNode(parser.getText());
        };
    }

    private ArrayNode array(JsonParser parser, String path) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path));
        }
        return array;
    }
}
