package io.maeharness.results.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A place at which two JSON trees differ.
 *
 * @param path names of the fields down to the place, joined by points, for example {@code recipe.maskRatio}
 * @param before what the first tree has there; empty where it has nothing
 * @param after what the second tree has there; empty where it has nothing
 */
public record JsonDifference(String path, Optional<String> before, Optional<String> after)
        implements Comparable<JsonDifference> {
    private static final String NOTHING = "nothing";

    /** The places at which two trees differ, in the order of their paths; a field of an object is a place, a list one. */
    public static List<JsonDifference> between(JsonNode before, JsonNode after) {
        List<JsonDifference> found = new ArrayList<>();
        compare("", before, after, found);
        return List.copyOf(found);
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<JsonDifference> found) {
        if (before.isObject() && after.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name), found));
        } else if (!areEqual(before, after)) {
            found.add(new JsonDifference(path, text(before), text(after)));
        }
    }

    /** Numbers are compared by their value: 1 and 1.0 are the same. */
    private static boolean areEqual(JsonNode before, JsonNode after) {
        return (before.isNumber() && after.isNumber())
                ? before.decimalValue().compareTo(after.decimalValue()) == 0
                : before.equals(after);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode()
                ? Optional.empty()
                : Optional.of(node.isValueNode() ? node.asText() : node.toString());
    }

    @Override
    public int compareTo(JsonDifference other) {
        return toString().compareTo(other.toString());
    }

    /** For people: {@code recipe.maskRatio 0.75 -> 0.5}. */
    @Override
    public String toString() {
        return path + " " + before.orElse(NOTHING) + " -> " + after.orElse(NOTHING);
    }
}
