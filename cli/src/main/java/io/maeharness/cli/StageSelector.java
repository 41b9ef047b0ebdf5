package io.maeharness.cli;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.FinishedStages;
import io.maeharness.ablations.worker.FinishedStages.Finished;
import io.maeharness.core.config.NearestName;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds one finished stage of a session's output directory by what a user writes: the first digits of its hash, or
 * {@code table/case} with {@code :pretrain}, {@code :finetune} or {@code :probe} behind it.
 *
 * <p>A case alone means its fine-tuned model, else its probe, else its pre-training.
 *
 * @param session whose stages
 * @param seed which of the seeds of a case
 */
record StageSelector(Session session, long seed) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{6,20}");
    private static final String PROBE = "linear-probe";

    /** Other names of kinds, shorter than those in the records. */
    private static final Map<String, String> SHORT = Map.of("probe", PROBE);

    /** What a case alone means: the first of these kinds that it has. */
    private static final List<String> PREFERRED = List.of("finetune", PROBE, "pretrain");

    /**
     * The stage.
     *
     * @throws HarnessException of kind UNKNOWN_TABLE when there is no such stage, naming the nearest; CHECKPOINT when it is
     *     not finished; USAGE when several are meant
     */
    Finished find(String selector) {
        return HASH.matcher(selector).matches() ? byHash(selector) : byCase(selector);
    }

    private Finished byHash(String prefix) {
        FinishedStages finished = FinishedStages.in(session.output());
        List<Finished> found = finished.beginningWith(prefix);
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new HarnessException(
                    Kind.UNKNOWN_TABLE,
                    "no finished stage of " + session.output().root() + " has a hash that begins with '" + prefix + "'"
                            + nearest(prefix, finished));
        }
        throw new HarnessException(
                Kind.USAGE,
                "'" + prefix + "' begins the hashes of " + found.size() + " stages, "
                        + String.join(", ", found.stream().map(Finished::hash).toList()) + "; write more digits");
    }

    private String nearest(String prefix, FinishedStages finished) {
        if (finished.all().isEmpty()) {
            return ", for nothing is finished there; run ./mae reproduce first, or name its directory with --output";
        }
        Finished nearest = NearestName.of(
                prefix, finished.all(), stage -> stage.hash().substring(0, Math.min(prefix.length(), 20)));
        return "; the nearest is " + nearest.hash() + " (" + nearest.stage().kind() + ")";
    }

    private Finished byCase(String selector) {
        int colon = selector.indexOf(':');
        String name = colon < 0 ? selector : selector.substring(0, colon);
        Map<String, List<PlannedStage>> byKind = stagesOf(name);
        String kind = colon < 0 ? preferred(name, byKind) : kind(name, selector.substring(colon + 1), byKind);
        List<PlannedStage> stages = byKind.get(kind);
        if (stages.size() > 1) {
            throw new HarnessException(
                    Kind.USAGE,
                    name + " has " + stages.size() + " stages of kind " + kind + ", "
                            + String.join(
                                    ", ",
                                    stages.stream().map(PlannedStage::hash).toList())
                            + "; name one by its hash");
        }
        String hash = stages.get(0).hash();
        return FinishedStages.read(session.output(), hash)
                .orElseThrow(() -> new HarnessException(
                        Kind.CHECKPOINT,
                        "the stage " + name + ":" + kind + " (" + hash + ") is not finished in "
                                + session.output().root() + "; run ./mae reproduce " + name
                                + " with the same options first"));
    }

    /** The stages of one case and seed by their kind. */
    private Map<String, List<PlannedStage>> stagesOf(String name) {
        Map<String, List<PlannedStage>> byKind = new LinkedHashMap<>();
        Collection<String> cases = new java.util.TreeSet<>();
        for (PlannedStage stage : session.plan(session.selection(List.of(name))).stages()) {
            cases.addAll(stage.cases());
            if (stage.stage().seed() == seed) {
                byKind.computeIfAbsent(stage.stage().kind(), kind -> new ArrayList<>())
                        .add(stage);
            }
        }
        if (cases.size() != 1) {
            throw new HarnessException(
                    Kind.USAGE,
                    cases.isEmpty()
                            ? name + " has no stages in this profile"
                            : name + " has " + cases.size() + " cases; name one: " + String.join(", ", cases));
        }
        if (byKind.isEmpty()) {
            throw new HarnessException(
                    Kind.USAGE,
                    name + " is not measured with --seed " + seed + "; the profile has seeds 0 to "
                            + (session.settings().seeds() - 1));
        }
        return byKind;
    }

    private static String preferred(String name, Map<String, List<PlannedStage>> byKind) {
        return PREFERRED.stream()
                .filter(byKind::containsKey)
                .findFirst()
                .or(() -> byKind.keySet().stream().findFirst())
                .orElseThrow(() -> new IllegalStateException(name + " has no stages"));
    }

    private static String kind(String name, String written, Map<String, List<PlannedStage>> byKind) {
        String kind = SHORT.getOrDefault(written, written);
        if (!byKind.containsKey(kind)) {
            throw new HarnessException(
                    Kind.UNKNOWN_TABLE,
                    name + " has no stage '" + written + "'; did you mean " + name + ":"
                            + NearestName.of(kind, byKind.keySet()) + "? It has "
                            + String.join(", ", byKind.keySet()));
        }
        return kind;
    }
}
