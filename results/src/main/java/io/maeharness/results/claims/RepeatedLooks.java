package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.LookPlan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Evidence of seeds that came in one after the other: at a few numbers of seeds, fixed before the first, a share of the level
 * is spent, so that looking often makes no verdict easier to come by.
 *
 * <p>A look is reached by a family as a whole, when all its measured cells have so many seeds. What is shown beside a verdict
 * comes from all seeds there are.
 */
public final class RepeatedLooks {
    private final MeasuredTables tables;
    private final LookPlan plan;

    /** Looks at these tables by a plan. */
    public RepeatedLooks(MeasuredTables tables, LookPlan plan) {
        this.tables = tables;
        this.plan = plan;
    }

    /** The evidence for some claims, in their order; all claims of a family must be among them. */
    public List<Evidence> of(Collection<ProfileClaim> claims) {
        Map<String, List<ProfileClaim>> families = claims.stream()
                .collect(Collectors.groupingBy(claim -> claim.claim().family()));
        ContrastSource all = new LayoutContrasts(tables);
        Map<Integer, ContrastSource> atLooks = new TreeMap<>();
        plan.seeds().forEach(look -> atLooks.put(look, new LayoutContrasts(tables.below(look))));
        return claims.stream()
                .map(claim -> looked(
                        claim,
                        Evidence.of(claim, all),
                        seedsOf(families.get(claim.claim().family())),
                        atLooks))
                .toList();
    }

    /** Seeds that a family has of all its measured cells. */
    public int seedsOf(Collection<ProfileClaim> family) {
        Set<CellKey> cells = new TreeSet<>();
        family.stream()
                .filter(claim -> claim.claim().variance() != Variance.COUNTED)
                .forEach(claim -> claim.components()
                        .forEach(component ->
                                cells.addAll(component.coefficients().keySet())));
        return tables.completeSeeds(cells);
    }

    private Evidence looked(ProfileClaim claim, Evidence now, int seeds, Map<Integer, ContrastSource> atLooks) {
        if (claim.claim().variance() == Variance.COUNTED) {
            return now;
        }
        List<Evidence> looks = atLooks.entrySet().stream()
                .filter(look -> look.getKey() <= seeds)
                .map(look -> Evidence.of(claim, look.getValue()))
                .toList();
        return now.withProbabilities(
                sequential(looks, Evidence::pHolds),
                sequential(looks, Evidence::pContradicted),
                sequential(looks, Evidence::pReversed));
    }

    private double sequential(List<Evidence> looks, ToDoubleFunction<Evidence> probability) {
        return looks.isEmpty()
                ? 1
                : plan.sequential(looks.stream().mapToDouble(probability).toArray());
    }
}
