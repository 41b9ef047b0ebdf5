package io.maeharness.results.claims;

import io.maeharness.results.statistics.ConjunctionForecast;
import io.maeharness.results.statistics.ConjunctionForecast.Statement;
import io.maeharness.results.statistics.Contrast;
import io.maeharness.results.statistics.Forecast;
import io.maeharness.results.statistics.LookPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Foretells what more seeds will decide: by the estimates of today, at the level that each later look may spend.
 *
 * <p>It chooses what is measured next and never what is concluded.
 */
public final class Outlooks {
    private final MeasuredTables tables;
    private final LookPlan plan;
    private final double presumedDeviation;
    private final LayoutContrasts contrasts;

    /**
     * Foretells from these tables.
     *
     * @param plan the looks
     * @param presumedDeviation points that a cell is presumed to vary by as long as no table has two seeds
     */
    public Outlooks(MeasuredTables tables, LookPlan plan, double presumedDeviation) {
        this.tables = tables;
        this.plan = plan;
        this.presumedDeviation = presumedDeviation;
        this.contrasts = new LayoutContrasts(tables);
    }

    /**
     * An outlook for each claim that is open, has values, and is decided by seeds.
     *
     * @param decisions of all claims of each family
     */
    public List<Outlook> of(List<Decision> decisions) {
        Map<String, List<Decision>> families = decisions.stream()
                .collect(Collectors.groupingBy(decision -> decision.claim().family()));
        return decisions.stream()
                .filter(Outlooks::isDecidedBySeeds)
                .flatMap(decision -> of(decision, families.get(decision.claim().family())).stream())
                .toList();
    }

    private static boolean isDecidedBySeeds(Decision decision) {
        return decision.verdict() == Verdict.NOT_RESOLVED && decision.claim().scale() == Claim.Scale.POINTS;
    }

    private Optional<Outlook> of(Decision decision, List<Decision> family) {
        ProfileClaim claim = decision.evidence().claim();
        int seeds = new RepeatedLooks(tables, plan)
                .seedsOf(family.stream().map(one -> one.evidence().claim()).toList());
        if (seeds == 0) {
            return Optional.empty();
        }
        double level = FamilyVerdicts.LEVEL / (claim.isInFamily() ? open(family) : 1);
        SortedMap<Integer, Double> decided = new TreeMap<>();
        for (int look : plan.seeds()) {
            if (look > seeds) {
                Optional<ConjunctionForecast> forecast = forecast(decision.evidence(), seeds, look);
                if (forecast.isEmpty()) {
                    return Optional.empty();
                }
                decided.put(look, forecast.get().decided(level * plan.weight(look)));
            }
        }
        return Optional.of(new Outlook(claim, seeds, decided));
    }

    /** Claims of a family that share its level. */
    private static long open(List<Decision> family) {
        return family.stream()
                .filter(decision -> decision.evidence().claim().isInFamily())
                .filter(decision ->
                        decision.verdict() == Verdict.NOT_RESOLVED || decision.verdict() == Verdict.NOT_MEASURED)
                .count();
    }

    private Optional<ConjunctionForecast> forecast(Evidence evidence, int seeds, int look) {
        List<Statement> statements = new ArrayList<>();
        for (Evidence.Part part : evidence.parts()) {
            Optional<Forecast> forecast = forecast(evidence.claim().claim(), part, seeds, look);
            if (forecast.isEmpty()) {
                return Optional.empty();
            }
            Component component = part.component();
            statements.add(new Statement(forecast.get(), component.holdsAbove(), component.contradictedBelow()));
        }
        return Optional.of(new ConjunctionForecast(statements));
    }

    private Optional<Forecast> forecast(Claim claim, Evidence.Part part, int seeds, int look) {
        if (part.estimate() instanceof ContrastEstimate.Estimated now) {
            Contrast contrast = new Contrast(now.value(), now.standardError(), now.degreesOfFreedom());
            double later = now.degreesOfFreedom() * (look - 1) / Math.max(1, seeds - 1);
            return Optional.of(new Forecast(contrast, seeds, look, later));
        }
        if (part.estimate() instanceof ContrastEstimate.WithoutError now && seeds == 1) {
            Contrast contrast = contrasts.presumed(claim, part.component(), now.value(), presumedDeviation);
            return Optional.of(new Forecast(contrast, seeds, look, contrast.degreesOfFreedom() + look - 1));
        }
        return Optional.empty();
    }
}
