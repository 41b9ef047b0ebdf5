package io.maeharness.ablations.budget;

import io.maeharness.results.claims.Outlook;
import io.maeharness.results.statistics.LookPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a family of claims stands, and what its next looks cost and bring.
 *
 * @param family its name
 * @param seeds that all its cells have
 * @param cost time that its next look takes on this machine, about
 * @param open outlooks of its primary claims that are open
 */
public record FamilyCourse(String family, int seeds, Duration cost, List<Outlook> open) {
    /** Copies the list, without claims that no look is likely to decide: they are nothing to measure for. */
    public FamilyCourse {
        open = open.stream().filter(outlook -> !outlook.isFutile()).toList();
    }

    /**
     * The block that takes the family from a number of seeds to its next look; empty when no look is left.
     *
     * <p>A block after the next is foretold: each of its seeds costs as much as one of the next block.
     *
     * @param from today's seeds, or those of a look to come
     */
    Optional<SeedBlock> block(LookPlan looks, int from) {
        OptionalInt to = looks.next(from);
        return to.isEmpty()
                ? Optional.empty()
                : Optional.of(new SeedBlock(
                        family, to.getAsInt(), cost(looks, from, to.getAsInt()), decisions(from, to.getAsInt())));
    }

    private Duration cost(LookPlan looks, int from, int to) {
        int first = looks.next(seeds).orElse(seeds + 1);
        return from == seeds ? cost : cost.dividedBy(first - seeds).multipliedBy(to - from);
    }

    private double decisions(int from, int to) {
        return open.stream()
                .mapToDouble(outlook -> Math.max(0, outlook.decidedAt(to) - outlook.decidedAt(from)))
                .sum();
    }
}
