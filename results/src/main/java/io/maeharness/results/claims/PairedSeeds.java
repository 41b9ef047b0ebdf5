package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import io.maeharness.results.Spread;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Measured seeds as evidence: the combination of each seed that all cells have, its mean and its deviation.
 *
 * @param values of the cells by seed
 */
public record PairedSeeds(Map<CellKey, Map<Long, Double>> values) implements ContrastSource {
    @Override
    public ContrastEstimate estimate(Claim claim, Component component) {
        for (CellKey cell : component.coefficients().keySet()) {
            if (values.getOrDefault(cell, Map.of()).isEmpty()) {
                return new ContrastEstimate.Missing(cell + " has no value");
            }
        }
        Set<Long> seeds = commonSeeds(component);
        if (seeds.isEmpty()) {
            return new ContrastEstimate.Missing("no seed has all of its cells");
        }
        double[] differences = seeds.stream()
                .mapToDouble(seed -> component.contrast(
                        claim.scale(), cell -> values.get(cell).get(seed)))
                .toArray();
        return estimate(claim, Spread.of(differences));
    }

    private Set<Long> commonSeeds(Component component) {
        Set<Long> seeds = new TreeSet<>();
        component
                .coefficients()
                .keySet()
                .forEach(cell -> seeds.addAll(values.get(cell).keySet()));
        component
                .coefficients()
                .keySet()
                .forEach(cell -> seeds.retainAll(values.get(cell).keySet()));
        return seeds;
    }

    private static ContrastEstimate estimate(Claim claim, Spread spread) {
        if (claim.variance() == Variance.COUNTED) {
            return new ContrastEstimate.Counted(spread.mean());
        }
        if (spread.count() == 1) {
            return new ContrastEstimate.WithoutError(spread.mean(), "1 seed");
        }
        double error = spread.standardError().orElseThrow();
        return error > 0
                ? new ContrastEstimate.Estimated(spread.mean(), error, spread.count() - 1)
                : new ContrastEstimate.WithoutError(spread.mean(), "no variation over seeds; is the seed used?");
    }
}
