package io.maeharness.ablations.plan;

import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.results.TableLayout;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is to be run, and which cells of which tables it fills.
 *
 * @param stages each stage once; a parent before its children, otherwise in the order in which they are best run
 * @param cells every cell of the selected cases, for each seed
 * @param layouts the tables that the selection touches, whole, in the order of the paper
 */
public record Plan(List<PlannedStage> stages, List<PlannedCell> cells, List<TableLayout> layouts) {
    /** Copies the lists. */
    public Plan {
        stages = List.copyOf(stages);
        cells = List.copyOf(cells);
        layouts = List.copyOf(layouts);
    }

    /**
     * A plan of stages that fill no cell, each after those that it starts from.
     *
     * @param stages what is to be computed
     * @param caseName what they are for, as on the command line ({@code table1a/depth-4})
     * @param images facts of a stage's images
     */
    public static Plan of(Collection<Stage> stages, String caseName, Function<Stage, ImageFacts> images) {
        Gathered collection = new Gathered();
        stages.forEach(stage -> collection.add(stage, caseName, images.apply(stage)));
        return new Plan(collection.inOrder(), List.of(), List.of());
    }

    /** The stages by their hash, in the order of the plan. */
    public Map<String, PlannedStage> byHash() {
        Map<String, PlannedStage> byHash = new LinkedHashMap<>();
        stages.forEach(stage -> byHash.put(stage.hash(), stage));
        return byHash;
    }

    /** The stage with this hash, if the plan has it. */
    public Optional<PlannedStage> stage(String hash) {
        return Optional.ofNullable(byHash().get(hash));
    }

    /** Hashes of the stages, to tell the plan's rows from others in the same store. */
    public Set<String> hashes() {
        return stages.stream().map(PlannedStage::hash).collect(Collectors.toUnmodifiableSet());
    }

    /** Stages in the order in which they were first asked for, each once, parents before children. */
    static final class Gathered {
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

    /**
     * Hashes of the stages that have to be computed: those that give a value of a table, or end in none, and have no outcome;
     * and those whose weights such a stage starts from, where these are not there.
     *
     * <p>A stage that only others start from is not computed when none of them has to be: a pre-training whose evaluations
     * are all finished may be gone from the disk.
     *
     * @param known hashes of stages with an outcome
     * @param serves whether a stage with an outcome, the first, has left the weights that the second starts from
     */
    public Set<String> open(Set<String> known, BiPredicate<PlannedStage, PlannedStage> serves) {
        Map<String, PlannedStage> byHash = byHash();
        Set<String> open = wanted();
        open.removeAll(known);
        for (int i = stages.size() - 1; i >= 0; i--) {
            PlannedStage child = stages.get(i);
            if (open.contains(child.hash())) {
                child.parent()
                        .map(byHash::get)
                        .filter(parent -> !known.contains(parent.hash()) || !serves.test(parent, child))
                        .ifPresent(parent -> open.add(parent.hash()));
            }
        }
        return open;
    }

    /** Stages whose values are wanted for themselves. */
    private Set<String> wanted() {
        Set<String> wanted = new HashSet<>(hashes());
        stages.forEach(stage -> stage.parent().ifPresent(wanted::remove));
        cells.stream().filter(PlannedCell.Measured.class::isInstance).forEach(cell -> wanted.add(cell.stage()));
        return wanted;
    }
}
