package io.maeharness.core.config;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.maeharness.core.discovery.Named;
import io.maeharness.core.error.InvalidSettingException;
import java.util.List;
import java.util.Optional;

/**
 * One leaf of {@link Settings}: a value that a profile, a case or {@code --set} can change.
 *
 * @param path dotted, e.g. {@code pretrain.schedule.epochs}
 * @param type of the record component
 */
record SettingsKey(String path, JavaType type) {
    /** The last part of the path. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Whether {@code written} leaves out parts of the path only, and not the last: {@code pretrain.epochs}. */
    boolean abbreviatedBy(String written) {
        String[] mine = path.split("\\.", -1);
        String[] theirs = written.split("\\.", -1);
        int matched = theirs.length - 1;
        for (int i = mine.length - 1; i >= 0 && matched >= 0; i--) {
            if (mine[i].equals(theirs[matched])) {
                matched--;
            } else if (i == mine.length - 1) {
                return false;
            }
        }
        return theirs.length > 0 && matched < 0;
    }

    /**
     * Reads a value as written on the command line: YAML flow style, but a text or a name stays as it is.
     *
     * @throws InvalidSettingException when it is not of this key's type
     */
    JsonNode parse(String text) {
        if (type.hasRawClass(String.class) || names(type).isPresent()) {
            return checked(TextNode.valueOf(text));
        }
        return checked(SettingsTree.readFlow(text).orElseGet(() -> TextNode.valueOf(text)));
    }

    /**
     * Passes a value of this key's type through.
     *
     * @throws InvalidSettingException that names the key, the value and what is expected
     */
    JsonNode checked(JsonNode value) {
        if (!accepts(type, value)) {
            String shown = value.isValueNode() ? value.asText() : value.toString();
            throw new InvalidSettingException(path + " " + expectation(type) + ", got '" + shown + "'");
        }
        return value;
    }

    private static boolean accepts(JavaType type, JsonNode value) {
        if (type.isMapLikeType()) {
            return value.isObject() && value.valueStream().allMatch(v -> accepts(type.getContentType(), v));
        }
        if (type.isCollectionLikeType()) {
            return value.isArray() && value.valueStream().allMatch(v -> accepts(type.getContentType(), v));
        }
        Class<?> raw = type.getRawClass();
        if (raw == int.class || raw == Integer.class) {
            return value.canConvertToInt() && value.isIntegralNumber();
        }
        if (raw == double.class || raw == Double.class) {
            return value.isNumber();
        }
        if (raw == boolean.class) {
            return value.isBoolean();
        }
        return value.isTextual()
                && names(type).map(names -> names.contains(value.asText())).orElse(true);
    }

    private static String expectation(JavaType type) {
        if (type.isMapLikeType()) {
            return "takes a map such as {a: 1, b: 2}";
        }
        if (type.isCollectionLikeType()) {
            return "takes a list such as [1, 2, 3]";
        }
        Class<?> raw = type.getRawClass();
        if (raw == int.class || raw == Integer.class) {
            return "takes a whole number";
        }
        if (raw == double.class || raw == Double.class) {
            return "takes a number";
        }
        if (raw == boolean.class) {
            return "takes true or false";
        }
        return names(type)
                .map(names -> "must be one of " + String.join(", ", names))
                .orElse("takes a text");
    }

    /** What may be chosen from, where this is a choice. */
    private static Optional<List<String>> names(JavaType type) {
        Class<?> raw = type.getRawClass();
        return Named.class.isAssignableFrom(raw)
                ? Optional.of(Named.keys(raw.asSubclass(Named.class)))
                : Optional.empty();
    }
}
