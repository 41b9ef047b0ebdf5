package io.maeharness.results.claims;

import io.maeharness.files.Sha256;
import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.LookPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Evidence of seeds that came in one after the other: at a few numbers of seeds, fixed before the first, a share of the level
 * is spent, so that looking often makes no verdict easier to come by.
 *
 * <p>A look is reached by a family as a whole, when all its measured cells have so many seeds. What is shown beside a verdict
 * comes from all seeds there are.
 */
public final class RepeatedLooks {
    private static final int BASIS_DIGITS = 16;

    private final MeasuredTables tables;
    private final LookPlan plan;
    private final LookLedger ledger;
    private final UnaryOperator<ContrastEstimate.Source> view;
    private final List<LookRecord> taken = new ArrayList<>();

    /** Looks at these tables by a plan, none of which has been taken before. */
    public RepeatedLooks(MeasuredTables tables, LookPlan plan) {
        this(tables, plan, LookLedger.EMPTY, UnaryOperator.identity());
    }

    /** Looks at these tables by a plan; those that are in a ledger are not taken again. */
    public RepeatedLooks(MeasuredTables tables, LookPlan plan, LookLedger ledger) {
        this(tables, plan, ledger, UnaryOperator.identity());
    }

    /**
     * Looks at these tables by a plan, and at each look takes the estimates in another way; no ledger holds such looks.
     *
     * @param view what becomes of the estimates of a look
     */
    public RepeatedLooks(MeasuredTables tables, LookPlan plan, UnaryOperator<ContrastEstimate.Source> view) {
        this(tables, plan, LookLedger.EMPTY, view);
    }

    private RepeatedLooks(
            MeasuredTables tables, LookPlan plan, LookLedger ledger, UnaryOperator<ContrastEstimate.Source> view) {
        this.tables = tables;
        this.plan = plan;
        this.ledger = ledger;
        this.view = view;
    }

    /** The looks that {@link #of} took because they were not in the ledger. */
    public List<LookRecord> taken() {
        return List.copyOf(taken);
    }

    /** The evidence for some claims, in their order; all claims of a family must be among them. */
    public List<Evidence> of(Collection<ProfileClaim> claims) {
        Map<String, List<ProfileClaim>> families = claims.stream()
                .collect(Collectors.groupingBy(claim -> claim.claim().family()));
        ContrastEstimate.Source all = view.apply(new LayoutContrasts(tables));
        Map<Integer, ContrastEstimate.Source> atLooks = new TreeMap<>();
        plan.seeds().forEach(look -> atLooks.put(look, view.apply(new LayoutContrasts(tables.below(look)))));
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
                .filter(claim -> claim.claim().variance() != Claim.Variance.COUNTED)
                .forEach(claim -> claim.components()
                        .forEach(component ->
                                cells.addAll(component.coefficients().keySet())));
        return tables.completeSeeds(cells);
    }

    private Evidence looked(
            ProfileClaim claim, Evidence now, int seeds, Map<Integer, ContrastEstimate.Source> atLooks) {
        if (claim.claim().variance() == Claim.Variance.COUNTED) {
            return now;
        }
        List<LookRecord> looks = atLooks.entrySet().stream()
                .filter(look -> look.getKey() <= seeds)
                .map(look -> look(claim, look.getKey(), look.getValue()))
                .toList();
        return now.withProbabilities(
                sequential(looks, LookRecord::pHolds),
                sequential(looks, LookRecord::pContradicted),
                sequential(looks, LookRecord::pReversed));
    }

    private LookRecord look(ProfileClaim claim, int seeds, ContrastEstimate.Source source) {
        String basis = basis(claim, tables.below(seeds));
        return ledger.find(claim.claim().id(), seeds, basis).orElseGet(() -> {
            LookRecord look = LookRecord.of(Evidence.of(claim, source), seeds, basis);
            taken.add(look);
            return look;
        });
    }

    private double sequential(List<LookRecord> looks, ToDoubleFunction<LookRecord> probability) {
        return looks.isEmpty()
                ? 1
                : plan.sequential(looks.stream().mapToDouble(probability).toArray());
    }

    /**
     * Digests what a look at a claim rests on: its thresholds, the values of its cells, and when looks are taken; values
     * that differ in any bit give another digest.
     */
    private String basis(ProfileClaim claim, MeasuredTables tables) {
        StringBuilder text = new StringBuilder(plan.toString());
        for (Component component : claim.components()) {
            text.append('\n').append(component.holdsAbove()).append(' ').append(component.contradictedBelow());
            new TreeMap<>(component.coefficients()).forEach((cell, weight) -> append(text, cell, weight, tables));
        }
        return Sha256.of(text.toString()).substring(0, BASIS_DIGITS);
    }

    private static void append(StringBuilder text, CellKey cell, double weight, MeasuredTables tables) {
        text.append('\n').append(cell).append(' ').append(weight);
        tables.seedsOf(cell)
                .forEach(seed -> text.append(' ').append(seed).append('=').append(tables.value(cell, seed)));
    }
}
