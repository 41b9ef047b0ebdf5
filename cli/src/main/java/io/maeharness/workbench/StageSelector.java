package io.maeharness.workbench;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.FinishedStages;
import io.maeharness.ablations.worker.FinishedStages.Finished;
import io.maeharness.core.config.NearestName;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds one finished stage of a session's output directory by what a user writes: the first digits of its hash, or
 * {@code table/case}, with {@code :pretrain}, {@code :finetune} or {@code :probe} or a column of the table behind it
 * ({@code table3/mae:vit-l}), or both ({@code table3/mae:vit-l:pretrain}).
 *
 * <p>A case alone means its fine-tuned model, else its probe, else its pre-training.
 *
 * @param session whose stages
 * @param seed which of the seeds of a case
 */
public record StageSelector(Session session, long seed) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{6,20}");
    private static final String PRETRAIN = "pretrain";

    /** Other names of kinds, shorter than those in the records. */
    private static final Map<String, String> SHORT = Map.of("probe", "linear-probe", "encoder", PRETRAIN);

    /** What a case alone means: the first of these kinds that it has. */
    private static final List<String> PREFERRED = List.of("finetune", "linear-probe", PRETRAIN);

    /**
     * The stage.
     *
     * @throws HarnessException of kind UNKNOWN_TABLE when there is no such stage, naming the nearest; CHECKPOINT when it is
     *     not finished; USAGE when several are meant
     */
    public Finished find(String selector) {
        return HASH.matcher(selector).matches() ? byHash(selector) : byCase(selector);
    }

    private Finished byHash(String prefix) {
        FinishedStages finished = FinishedStages.in(session.output());
        List<Finished> found = finished.beginningWith(prefix);
        if (found.size() > 1) {
            throw new HarnessException(
                    Kind.USAGE,
                    "'" + prefix + "' begins the hashes of " + found.size() + " stages, "
                            + String.join(
                                    ", ", found.stream().map(Finished::hash).toList()) + "; write more digits");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        Kind.UNKNOWN_TABLE,
                        "no finished stage in " + session.output().root() + " has a hash that begins with '" + prefix
                                + "'; " + nearest(prefix, finished)));
    }

    private static String nearest(String prefix, FinishedStages finished) {
        if (finished.all().isEmpty()) {
            return "nothing is finished there, so run ./mae reproduce first or name its directory with --output";
        }
        Finished nearest = NearestName.of(prefix, finished.all(), stage -> stage.hash()
                .substring(0, Math.min(prefix.length(), stage.hash().length())));
        return "the nearest is " + nearest.hash() + " (" + nearest.stage().kind() + ")";
    }

    private Finished byCase(String selector) {
        List<String> parts = List.of(selector.split(":", -1));
        Candidates candidates = candidates(parts.get(0));
        for (String qualifier : parts.subList(1, parts.size())) {
            candidates = candidates.narrowed(qualifier);
        }
        PlannedStage stage = candidates.only();
        refuseUnkept(selector, candidates.plan(), stage);
        return FinishedStages.read(session.output(), stage.hash())
                .orElseThrow(() -> new HarnessException(
                        Kind.CHECKPOINT,
                        selector + " (" + stage.stage().kind() + ", stage " + stage.hash() + ") is not finished in "
                                + session.output().root() + "; run ./mae reproduce " + parts.get(0)
                                + " with the same options first, and with --fresh where its values are published"));
    }

    /** A row of the weights before they were averaged has a value and no weights of its own. */
    private void refuseUnkept(String selector, Plan plan, PlannedStage stage) {
        Set<String> values = plan.cells().stream()
                .filter(cell -> cell.seed() == seed)
                .filter(PlannedCell.Measured.class::isInstance)
                .map(PlannedCell.Measured.class::cast)
                .filter(cell -> cell.stage().equals(stage.hash()))
                .map(PlannedCell.Measured::value)
                .collect(Collectors.toSet());
        if (values.equals(Set.of("top1-without-ema"))) {
            throw new HarnessException(
                    Kind.USAGE,
                    selector
                            + " is measured on the weights before they were averaged, which are not kept; name the case"
                            + " whose weights are averaged, such as table3/scratch");
        }
    }

    private Candidates candidates(String name) {
        Plan plan = session.plan(session.selection(List.of(name)));
        Set<String> cases = new TreeSet<>();
        plan.stages().forEach(stage -> cases.addAll(stage.cases()));
        if (cases.size() != 1) {
            throw new HarnessException(
                    Kind.USAGE,
                    cases.isEmpty()
                            ? name + " has no stages in this profile"
                            : name + " has " + cases.size() + " cases; name one of " + String.join(", ", cases));
        }
        List<PlannedStage> stages =
                plan.stages().stream().filter(s -> s.stage().seed() == seed).toList();
        if (stages.isEmpty()) {
            throw new HarnessException(
                    Kind.USAGE,
                    name + " is not measured with --seed " + seed + "; the seeds are "
                            + session.settings().firstSeed() + " to "
                            + (session.settings().firstSeed()
                                    + session.settings().seeds()
                                    - 1));
        }
        return new Candidates(name, plan, columns(plan), stages);
    }

    /** Hash of the stage that each column of this seed is from. */
    private Map<String, String> columns(Plan plan) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (PlannedCell cell : plan.cells()) {
            if (cell.seed() == seed) {
                hash(cell).ifPresent(hash -> columns.put(cell.key().metric(), hash));
            }
        }
        return columns;
    }

    private static Optional<String> hash(PlannedCell cell) {
        if (cell instanceof PlannedCell.Measured measured) {
            return Optional.of(measured.stage());
        }
        return cell instanceof PlannedCell.Computed computed ? Optional.of(computed.stage()) : Optional.empty();
    }

    /**
     * Stages that may be meant.
     *
     * @param name what the user wrote so far
     * @param columns hash of a stage by the column it fills
     * @param stages in the order in which they are meant
     */
    private record Candidates(String name, Plan plan, Map<String, String> columns, List<PlannedStage> stages) {
        private static String kind(PlannedStage stage) {
            return stage.stage().pretrains() ? PRETRAIN : stage.stage().kind();
        }

        Candidates narrowed(String qualifier) {
            String full = name + ":" + qualifier;
            if (columns.containsKey(qualifier)) {
                return new Candidates(full, plan, Map.of(), lineage(columns.get(qualifier)));
            }
            String kind = SHORT.getOrDefault(qualifier, qualifier);
            List<PlannedStage> ofKind = stages.stream()
                    .filter(stage ->
                            kind(stage).equals(kind) || stage.stage().kind().equals(kind))
                    .toList();
            if (ofKind.isEmpty()) {
                Set<String> known = new LinkedHashSet<>(
                        stages.stream().map(Candidates::kind).toList());
                known.addAll(columns.keySet());
                throw new HarnessException(
                        Kind.UNKNOWN_TABLE,
                        name + " has no stage '" + qualifier + "'; did you mean " + name + ":"
                                + NearestName.of(kind, known) + "? It has " + String.join(", ", known));
            }
            return new Candidates(full, plan, columns, ofKind);
        }

        /** A stage and those whose weights it starts from. */
        private List<PlannedStage> lineage(String hash) {
            List<PlannedStage> lineage = new ArrayList<>();
            Optional<String> next = Optional.of(hash);
            while (next.isPresent()) {
                PlannedStage stage = plan.stage(next.get()).orElseThrow();
                lineage.add(stage);
                next = stage.parent();
            }
            return lineage;
        }

        /** The one that is meant: of a column its own, of a case the first kind of the preferred ones. */
        PlannedStage only() {
            if (columns.isEmpty()) {
                return stages.get(0);
            }
            List<PlannedStage> preferred = PREFERRED.stream()
                    .map(kind -> stages.stream()
                            .filter(stage -> kind(stage).equals(kind))
                            .toList())
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .orElse(stages);
            if (preferred.size() > 1) {
                throw new HarnessException(
                        Kind.USAGE,
                        name + " has " + preferred.size() + " stages of kind "
                                + preferred.get(0).stage().kind() + "; name a column, as in " + name + ":"
                                + columns.keySet().iterator().next() + "; its columns are "
                                + String.join(", ", columns.keySet()));
            }
            return preferred.get(0);
        }
    }
}
