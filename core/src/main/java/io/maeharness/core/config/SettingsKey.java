package io.maeharness.core.config;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

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
     * Reads a value as written on the command line: YAML flow style, but a text stays as it is.
     *
     * @throws IllegalArgumentException when it is not of this key's type
     */
    JsonNode parse(String text) {
        if (type.hasRawClass(String.class)) {
            return TextNode.valueOf(text);
        }
        return checked(SettingsTree.readFlow(text).orElseGet(() -> TextNode.valueOf(text)));
    }

    /**
     * Passes a value of this key's type through.
     *
     * @throws IllegalArgumentException that names the key, the value and the type expected
     */
    JsonNode checked(JsonNode value) {
        if (!accepts(type, value)) {
            String shown = value.isValueNode() ? value.asText() : value.toString();
            throw new IllegalArgumentException(path + " takes " + expectation(type) + ", got '" + shown + "'");
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
        return raw == boolean.class ? value.isBoolean() : value.isTextual();
    }

    private static String expectation(JavaType type) {
        if (type.isMapLikeType()) {
            return "a map such as {a: 1, b: 2}";
        }
        if (type.isCollectionLikeType()) {
            return "a list such as [1, 2, 3]";
        }
        Class<?> raw = type.getRawClass();
        if (raw == int.class || raw == Integer.class) {
            return "a whole number";
        }
        if (raw == double.class || raw == Double.class) {
            return "a number";
        }
        return raw == boolean.class ? "true or false" : "a text";
    }
}
