package io.maeharness.ablations.plan;

import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stages in the order in which they were first asked for, each once, parents before children. */
final class StageCollection {
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final Map<String, Set<String>> cases = new LinkedHashMap<>();
    private final Map<String, ImageFacts> images = new LinkedHashMap<>();

    /** Adds a stage and, before it, its parents; returns its hash. */
    String add(Stage stage, String caseName, ImageFacts facts) {
        stage.parent().ifPresent(parent -> add(parent, caseName, facts));
        String hash = StageHash.of(stage);
        stages.putIfAbsent(hash, stage);
        images.putIfAbsent(hash, facts);
        cases.computeIfAbsent(hash, h -> new LinkedHashSet<>()).add(caseName);
        return hash;
    }

    List<PlannedStage> inOrder() {
        return stages.entrySet().stream()
                .map(entry -> new PlannedStage(
                        entry.getKey(),
                        entry.getValue(),
                        entry.getValue().parent().map(StageHash::of),
                        List.copyOf(cases.get(entry.getKey())),
                        images.get(entry.getKey())))
                .toList();
    }
}
