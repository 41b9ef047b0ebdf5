package io.maeharness.results.difference;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.results.difference.ProvenanceDifference.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What differs between the configurations of two stages that fill the same cell, those that they start from included.
 *
 * @param fields what differs, named by the kind of stage and the path within it: {@code pretrain recipe.maskRatio}
 */
public record ConfigurationDifference(List<Field> fields) {
    private static final String KIND = "kind";
    private static final String ABSENT = "absent";

    /** Copies the list. */
    public ConfigurationDifference {
        fields = List.copyOf(fields);
    }

    /** Compares the configurations of two records. */
    public static ConfigurationDifference between(JsonNode before, JsonNode after) {
        List<Field> fields = new ArrayList<>();
        compare("", "", before, after, fields);
        return new ConfigurationDifference(fields);
    }

    private static void compare(String stage, String path, JsonNode before, JsonNode after, List<Field> fields) {
        if (!before.isObject() || !after.isObject()) {
            if (!isEqual(before, after)) {
                fields.add(new Field((stage + " " + path).strip(), text(before), text(after)));
            }
            return;
        }
        if (!before.path(KIND).equals(after.path(KIND))) {
            fields.add(new Field((stage + " " + path).strip() + " kind", kind(before), kind(after)));
            return;
        }
        boolean isStage = before.has(KIND);
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.remove(ProvenanceDifference.FACTS);
        for (String name : names) {
            compare(
                    isStage ? kind(before) : stage,
                    isStage || path.isEmpty() ? name : path + "." + name,
                    before.path(name),
                    after.path(name),
                    fields);
        }
    }

    /** Numbers are equal by their value, however they were written. */
    private static boolean isEqual(JsonNode before, JsonNode after) {
        return (before.isNumber() && after.isNumber())
                ? Double.compare(before.asDouble(), after.asDouble()) == 0
                : before.equals(after);
    }

    private static String kind(JsonNode stage) {
        return stage.path(KIND).asText(ABSENT);
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return ABSENT;
        }
        return value.isObject() && value.has(KIND)
                ? kind(value)
                : value.isValueNode() ? value.asText() : value.toString();
    }
}
