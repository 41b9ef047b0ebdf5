package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which stages of a plan have to be computed: those that give a value of a table, or end in none, and have no outcome; and
 * those whose weights such a stage starts from, where these are not there.
 *
 * <p>A stage that only others start from is not computed when none of them has to be: a pre-training whose evaluations are
 * all finished may be gone from the disk.
 */
final class OpenStages {
    private OpenStages() {}

    /**
     * Hashes of the stages to be computed.
     *
     * @param known hashes of stages with an outcome
     * @param serves whether a stage with an outcome, the first, has left the weights that the second starts from
     */
    static Set<String> of(Plan plan, Set<String> known, BiPredicate<PlannedStage, PlannedStage> serves) {
        Map<String, PlannedStage> stages = plan.byHash();
        Set<String> open = new HashSet<>(wanted(plan));
        open.removeAll(known);
        for (int i = plan.stages().size() - 1; i >= 0; i--) {
            PlannedStage child = plan.stages().get(i);
            if (open.contains(child.hash())) {
                child.parent()
                        .map(stages::get)
                        .filter(parent -> !known.contains(parent.hash()) || !serves.test(parent, child))
                        .ifPresent(parent -> open.add(parent.hash()));
            }
        }
        return open;
    }

    /** Stages whose values are wanted for themselves. */
    private static Set<String> wanted(Plan plan) {
        Set<String> wanted = new HashSet<>(plan.hashes());
        plan.stages().forEach(stage -> stage.parent().ifPresent(wanted::remove));
        plan.cells().stream().filter(PlannedCell.Measured.class::isInstance).forEach(cell -> wanted.add(cell.stage()));
        return wanted;
    }
}
