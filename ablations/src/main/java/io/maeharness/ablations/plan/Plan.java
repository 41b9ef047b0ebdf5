package io.maeharness.ablations.plan;

import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.TableLayout;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        StageCollection collection = new StageCollection();
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
}
