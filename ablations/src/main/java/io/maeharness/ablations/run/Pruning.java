package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.KeptWeights;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of finished stages that a plan needs no more: weights and snapshots where every stage that starts from them is
 * finished, and optimiser checkpoints. Weights from outside, imported or supplied, are none of them, nor is any outcome.
 *
 * @param files by the kind of their stage, which are in the order of the plan
 */
public record Pruning(Map<String, List<Path>> files) {
    /** Finds the files; changes nothing. */
    public static Pruning of(Plan plan, OutputDirectory output, PublishedStages published) {
        StageStates states = StageStates.of(plan, output, published);
        Set<String> needed = new HashSet<>();
        states.openStages().forEach(stage -> stage.parent().ifPresent(needed::add));
        Map<String, List<Path>> files = new TreeMap<>();
        for (PlannedStage stage : plan.stages()) {
            boolean removable = stage.stage().origin() == Stage.Origin.COMPUTED;
            if (removable
                    && states.finished().containsKey(stage.hash())
                    && !states.open().contains(stage.hash())) {
                KeptWeights.files(output, stage.hash()).stream()
                        .filter(file -> KeptWeights.isCheckpoint(file) || !needed.contains(stage.hash()))
                        .forEach(file -> files.computeIfAbsent(stage.stage().kind(), kind -> new ArrayList<>())
                                .add(file));
            }
        }
        return new Pruning(files);
    }

    /** Bytes that the files take. */
    public static long bytes(List<Path> files) {
        try {
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes the files, while no run uses the directory.
     *
     * @throws HarnessException of kind STORE_LOCKED when one does, STORE_READ_ONLY when a file cannot be removed
     */
    public void remove(OutputDirectory output) {
        try (StoreLock lock = StoreLock.acquire(output)) {
            lock.requireHeld();
            for (List<Path> ofKind : files.values()) {
                for (Path file : ofKind) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.STORE_READ_ONLY,
                    "weights in " + output.stages() + " cannot be removed: " + FileProblem.inWords(e)
                            + "; make them writable",
                    e);
        }
    }
}
