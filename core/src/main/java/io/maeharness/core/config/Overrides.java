package io.maeharness.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.core.error.InvalidSettingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes of single keys of {@link Settings}: what an ablation case is, and what {@code --set key=value} does. */
public final class Overrides {
    /** A plan of many seeds asks for the same changes of the same settings again and again. */
    private static final int REMEMBERED = 1000;

    private static final Map<Request, Settings> ANSWERS = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, Settings> eldest) {
            return size() > REMEMBERED;
        }
    });

    private record Request(Settings base, Map<String, String> changes) {}

    private Overrides() {}

    /** Full paths of all keys that end with a path of their own: {@code schedule.maxSteps} of every section that has one. */
    public static List<String> keysEndingWith(String path) {
        return SettingsKeys.all().stream()
                .map(SettingsKey::path)
                .filter(key -> key.endsWith("." + path))
                .toList();
    }

    /**
     * The settings with some keys changed.
     *
     * <p>A key is a dotted path ({@code pretrain.maskRatio}) or an abbreviation that fits exactly one
     * ({@code maskRatio}, {@code pretrain.epochs}). A value is written as in YAML's flow style: {@code 0.6},
     * {@code true}, {@code [1, 2, 3]}. All changes are made before anything is checked, so that two keys which must fit
     * each other can be changed together.
     *
     * @throws InvalidSettingException for an unknown key (names the nearest known), an ambiguous one (names all), a
     *     value of the wrong type (names key, value and type), or with the message of the record that refuses the value
     */
    public static Settings apply(Settings base, Map<String, String> changes) {
        if (changes.isEmpty()) {
            return base;
        }
        Request request = new Request(base, Map.copyOf(changes));
        Settings known = ANSWERS.get(request);
        if (known != null) {
            return known;
        }
        Settings changed = changed(base, changes);
        ANSWERS.put(request, changed);
        return changed;
    }

    private static Settings changed(Settings base, Map<String, String> changes) {
        ObjectNode tree = SettingsTree.of(base);
        Map<String, String> written = new LinkedHashMap<>();
        changes.forEach((key, value) -> {
            SettingsKey meant = SettingsKeys.resolve(key.strip());
            String earlier = written.put(meant.path(), key);
            if (earlier != null) {
                throw new InvalidSettingException(
                        meant.path() + " is set twice, as '" + earlier + "' and '" + key + "'; leave one out");
            }
            SettingsTree.set(tree, meant.path(), meant.parse(value.strip()));
        });
        return SettingsTree.toSettings(tree);
    }

    /**
     * The full path of the key that is meant.
     *
     * @throws InvalidSettingException as {@link #apply} does
     */
    public static String resolve(String key) {
        return SettingsKeys.resolve(key.strip()).path();
    }

    /** The keys whose values differ, by full path in the order of the records. */
    public static Map<String, Difference> differences(Settings a, Settings b) {
        ObjectNode before = SettingsTree.of(a);
        ObjectNode after = SettingsTree.of(b);
        Map<String, Difference> found = new LinkedHashMap<>();
        for (SettingsKey key : SettingsKeys.all()) {
            JsonNode from = SettingsTree.get(before, key.path());
            JsonNode to = SettingsTree.get(after, key.path());
            if (!from.equals(to)) {
                found.put(key.path(), new Difference(text(from), text(to)));
            }
        }
        return found;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }

    /**
     * The two values of a key, written as {@link Overrides#apply} reads them.
     *
     * @param before in the first settings
     * @param after in the second
     */
    public record Difference(String before, String after) {}
}
