package io.maeharness.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.ablations.replay.Replay;
import io.maeharness.ablations.replay.ReplayedStage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A replay for programs. */
final class ReplayJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReplayJson() {}

    /** The comparison as one JSON object, with a line end. */
    static String of(Replay replay) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cell", replay.cells().request().selector());
        tree.put("seed", replay.cells().seed());
        tree.put("verdict", word(replay.verdict()));
        tree.put("values", replay.values());
        tree.put("answers", replay.answers());
        tree.put("stages", replay.stages().stream().map(ReplayJson::stage).toList());
        tree.put("leftOut", replay.cells().leftOut());
        tree.put(
                "misprinted", replay.misprinted().stream().map(Object::toString).toList());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a comparison must be JSON", e);
        }
    }

    private static Map<String, Object> stage(ReplayedStage stage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", stage.stage().stage().kind());
        tree.put("hash", stage.stage().hash());
        tree.put("verdict", word(stage.verdict()));
        stage.comparison().ifPresent(comparison -> {
            tree.put("values", comparison.outcome().values());
            tree.put("answers", comparison.outcome().answers());
            tree.put("draws", comparison.outcome().draws());
            tree.put("environment", comparison.environment().fields());
        });
        return tree;
    }

    private static String word(Enum<?> verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
