package io.maeharness.ablations.tables;

import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A case of the user's own: {@code ./mae run --set maskRatio=0.6 --set decoderDepth=3}.
 *
 * <p>It is measured like every ablation of pre-training and costs one pre-training with its evaluations.
 */
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
    public String id() {
        return "custom";
    }

    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return List.of(AblationCase.of(CaseLayout.of(key(), key(), false), changes));
    }

    /** The changes spelled out with full keys in alphabetical order, or {@code default} when there are none. */
    private String key() {
        return changes.isEmpty()
                ? "default"
                : changes.entrySet().stream()
                        .map(change -> change.getKey() + "=" + change.getValue())
                        .collect(Collectors.joining(","));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Custom",
                "A case of the user's own, not in the paper.",
                "this harness",
                "./mae run"
                        + changes.entrySet().stream()
                                .map(change -> " --set " + change.getKey() + "=" + change.getValue())
                                .collect(Collectors.joining()),
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.NONE,
                "",
                "case");
    }
}
