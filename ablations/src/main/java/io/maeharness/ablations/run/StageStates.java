package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.PublishedStages.Source;
import io.maeharness.ablations.run.PublishedStages.Taken;
import io.maeharness.ablations.worker.KeptWeights;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.core.stage.StageOutcome;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far the stages of a plan are in an output directory, before anything is run.
 *
 * @param plan the plan
 * @param finished records of the stages that are finished there, by hash
 * @param taken outcomes of other stages that are published, by hash
 * @param open hashes of the stages that have to be computed
 */
public record StageStates(Plan plan, Map<String, StageRecord> finished, Map<String, Taken> taken, Set<String> open) {
    /** Looks at the directory and at what is published; changes neither. */
    public static StageStates of(Plan plan, OutputDirectory output, PublishedStages published) {
        Map<String, StageRecord> finished = new LinkedHashMap<>();
        for (PlannedStage stage : plan.stages()) {
            StageRecord.read(output.outcome(stage.hash()), stage.stage())
                    .ifPresent(record -> finished.put(stage.hash(), record));
        }
        Map<String, Taken> taken = new LinkedHashMap<>(published.of(plan));
        taken.keySet().removeAll(finished.keySet());
        Set<String> known = new HashSet<>(finished.keySet());
        known.addAll(taken.keySet());
        Set<String> open = plan.open(
                known, (parent, child) -> !parent.canBeComputed() || KeptWeights.serve(output, child.stage()));
        return new StageStates(plan, finished, taken, open);
    }

    /** The stages that have to be computed, in the order of the plan. */
    public List<PlannedStage> openStages() {
        return plan.stages().stream()
                .filter(stage -> open.contains(stage.hash()))
                .toList();
    }

    /** How many stages are taken from where, those left out that have to be computed for their weights. */
    public Map<String, Long> takenFrom() {
        return taken.entrySet().stream()
                .filter(entry -> !open.contains(entry.getKey()))
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().source().name(), LinkedHashMap::new, Collectors.counting()));
    }

    /** Values by the hash of their stage, wherever they are from. */
    Map<String, StageOutcome> outcomes() {
        Map<String, StageOutcome> outcomes = new LinkedHashMap<>();
        taken.forEach((hash, stage) -> outcomes.put(hash, stage.outcome()));
        finished.forEach((hash, record) -> outcomes.put(hash, record.outcome()));
        return outcomes;
    }

    /** Takes provenance and loss curves over from where the values are taken, also of stages that are not needed any more. */
    void adopt(OutputDirectory output, PublishedStages published) {
        for (Source source : published.sources()) {
            Set<String> theirs = plan.hashes().stream()
                    .filter(hash -> taken.containsKey(hash)
                            ? taken.get(hash).source().equals(source)
                            : !finished.containsKey(hash) && !open.contains(hash))
                    .collect(Collectors.toSet());
            output.results().adopt(source.store(), theirs);
        }
    }
}
