package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.Contrast;
import io.maeharness.results.statistics.ContrastEstimator;
import io.maeharness.results.statistics.ContrastEstimator.Estimate;
import io.maeharness.results.statistics.ContrastPart;
import io.maeharness.results.statistics.ResidualVariance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Measured seeds as evidence: the cells of a table and metric over seeds are a two-way layout, from whose residuals the
 * error of a combination is known.
 */
public final class LayoutContrasts implements ContrastEstimate.Source {
    private final MeasuredTables tables;
    private final Map<String, Optional<ResidualVariance>> residuals = new HashMap<>();

    /** Judges by these tables. */
    public LayoutContrasts(MeasuredTables tables) {
        this.tables = tables;
    }

    @Override
    public ContrastEstimate estimate(Claim claim, Component component) {
        Set<CellKey> cells = component.coefficients().keySet();
        for (CellKey cell : cells) {
            if (!tables.has(cell)) {
                return new ContrastEstimate.Missing(cell + " has no value");
            }
        }
        double[] differences = differences(claim, component);
        if (claim.variance() == Claim.Variance.COUNTED) {
            return differences.length == 0
                    ? new ContrastEstimate.Missing("no seed has all of its cells")
                    : new ContrastEstimate.Counted(differences[0]);
        }
        Optional<Estimate> estimate = claim.variance() == Claim.Variance.OWN || claim.scale() == Claim.Scale.LOG
                ? ContrastEstimator.own(differences)
                : ContrastEstimator.estimate(parts(claim, component), differences);
        return estimate.map(LayoutContrasts::of).orElseGet(() -> ofOneSeed(differences));
    }

    /**
     * A combination of one seed with the error that it is presumed to have: as other tables vary, where they have several
     * seeds.
     *
     * @param value of the combination
     * @param deviation of a cell where no other table tells it, above 0
     */
    Contrast presumed(Claim claim, Component component, double value, double deviation) {
        ResidualVariance unknown = new ResidualVariance(deviation * deviation, 1);
        double variance = 0;
        double freedom = Double.POSITIVE_INFINITY;
        for (ContrastPart part : parts(claim, component)) {
            ResidualVariance cell = part.others().stream()
                    .reduce(ResidualVariance::joinedWith)
                    .filter(joint -> claim.variance() != Claim.Variance.OWN)
                    .orElse(unknown);
            variance += part.squaredWeights() * cell.value();
            freedom = Math.min(freedom, cell.degreesOfFreedom());
        }
        return new Contrast(value, Math.sqrt(variance), freedom);
    }

    private static ContrastEstimate of(Estimate estimate) {
        Contrast contrast = estimate.contrast();
        return estimate.varies()
                ? new ContrastEstimate.Estimated(
                        contrast.value(), contrast.standardError(), contrast.degreesOfFreedom())
                : new ContrastEstimate.WithoutError(contrast.value(), "no variation over seeds; is the seed used?");
    }

    private static ContrastEstimate ofOneSeed(double[] differences) {
        return differences.length == 0
                ? new ContrastEstimate.Missing("no seed has all of its cells")
                : new ContrastEstimate.WithoutError(differences[0], "1 seed");
    }

    /** The combination in each block that has all of its cells. */
    private double[] differences(Claim claim, Component component) {
        Set<CellKey> cells = component.coefficients().keySet();
        Set<Long> seeds = new TreeSet<>(tables.seedsOf(cells.iterator().next()));
        cells.forEach(cell -> seeds.retainAll(tables.seedsOf(cell)));
        return seeds.stream()
                .mapToDouble(seed -> component.contrast(claim.scale(), cell -> tables.value(cell, seed)))
                .toArray();
    }

    /** One part for each group of columns: the table's layout with the component's cells of other tables as rows. */
    private List<ContrastPart> parts(Claim claim, Component component) {
        Map<String, List<CellKey>> byColumns =
                component.coefficients().keySet().stream().collect(Collectors.groupingBy(MeasuredTables::columns));
        List<ContrastPart> parts = new ArrayList<>();
        byColumns.forEach((columns, cells) -> {
            Set<String> owners = tables.isTable(claim.family())
                    ? Set.of(claim.family())
                    : cells.stream().map(CellKey::table).collect(Collectors.toSet());
            List<CellKey> rows = tables.rows(owners, columns, cells);
            List<Double> coefficients = rows.stream()
                    .map(cell -> component.coefficients().getOrDefault(cell, 0.0))
                    .toList();
            parts.add(new ContrastPart(tables.layout(rows), coefficients, others(owners, columns)));
        });
        return parts;
    }

    /** Residual variances of the same columns in other tables of the paper's ablations. */
    private List<ResidualVariance> others(Set<String> owners, String columns) {
        return MeasuredTables.ABLATIONS.stream()
                .filter(table -> !owners.contains(table))
                .flatMap(table -> residual(table, columns).stream())
                .toList();
    }

    private Optional<ResidualVariance> residual(String table, String columns) {
        return residuals.computeIfAbsent(table + " " + columns, key -> {
            List<CellKey> rows = tables.rows(Set.of(table), columns, List.of());
            return rows.size() < 2
                    ? Optional.empty()
                    : tables.layout(rows).variance().filter(variance -> variance.value() > 0);
        });
    }
}
