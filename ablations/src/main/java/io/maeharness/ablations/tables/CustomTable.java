package io.maeharness.ablations.tables;

import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A case of the user's own: {@code ./mae run --set maskRatio=0.6 --set decoderDepth=3}.
 *
 * <p>It is measured like every ablation of pre-training and costs one pre-training with its evaluations.
 */
@TableHeader(
        id = "custom",
        order = Integer.MAX_VALUE,
        title = "Custom",
        caption = "A case of the user's own, not in the paper.")
public final class CustomTable implements PaperTable {
    private final Map<String, String> changes;

    /**
     * A table of one case.
     *
     * @param changes settings keys, full or abbreviated, and their values
     * @throws IllegalArgumentException for a key that is unknown or ambiguous
     */
    public CustomTable(Map<String, String> changes) {
        this.changes = new TreeMap<>();
        changes.forEach((key, value) -> this.changes.put(Overrides.resolve(key), value.strip()));
    }

    @Override
    public String command() {
        return "./mae run"
                + changes.entrySet().stream()
                        .map(change -> " --set " + quoted(change.getKey() + "=" + change.getValue()))
                        .collect(Collectors.joining());
    }

    /** An argument that a shell takes as it is. */
    private static String quoted(String argument) {
        return argument.matches("[\\w.,:/+=@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    @Override
    public List<Row> rows(Settings profile) {
        return List.of(Row.of(key(), key()).set(changes));
    }

    /** The changes spelled out with full keys in alphabetical order, or {@code default} when there are none. */
    private String key() {
        return changes.isEmpty()
                ? "default"
                : changes.entrySet().stream()
                        .map(change -> change.getKey() + "=" + change.getValue())
                        .collect(Collectors.joining(","));
    }
}
