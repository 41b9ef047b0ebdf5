package io.maeharness.workbench;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says why published results do not count as done, when it is for their number format alone. */
public final class OtherPrecision {
    private OtherPrecision() {}

    /**
     * A line for the user; empty when no stage that has to be computed is published in another format.
     *
     * @param plan of the selection in the session's own format
     * @param open its stages that have to be computed
     */
    public static Optional<String> remark(Session session, Selection selection, Plan plan, List<PlannedStage> open) {
        if (session.published().stream().allMatch(store -> store.rows().isEmpty())) {
            return Optional.empty();
        }
        Precision here = session.compute().precision();
        return Stream.of(Precision.values())
                .filter(precision -> precision != here)
                .flatMap(there -> remark(here, there, published(session.in(there), selection, plan, open)).stream())
                .findFirst();
    }

    private static Optional<String> remark(Precision here, Precision there, long stages) {
        return stages == 0
                ? Optional.empty()
                : Optional.of("published values of " + stages + " stages are in " + name(there)
                        + " and this run computes in " + name(here) + ": they do not count as done (--precision "
                        + name(there) + " takes them)");
    }

    /** How many open stages are published in the other session's format, whose plan has the same stages in the same order. */
    private static long published(Session other, Selection selection, Plan plan, List<PlannedStage> open) {
        Plan same = other.plan(selection);
        Set<String> taken = other.states(same).taken().keySet();
        Set<String> missing = open.stream().map(PlannedStage::hash).collect(Collectors.toSet());
        return IntStream.range(0, Math.min(plan.stages().size(), same.stages().size()))
                .filter(i -> {
                    String hash = plan.stages().get(i).hash();
                    String published = same.stages().get(i).hash();
                    return missing.contains(hash) && taken.contains(published) && !hash.equals(published);
                })
                .count();
    }

    private static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }
}
