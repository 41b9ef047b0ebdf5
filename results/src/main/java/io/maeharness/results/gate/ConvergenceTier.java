package io.maeharness.results.gate;

import io.maeharness.results.CellKey;
import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.GateFinding.Status;
import io.maeharness.results.statistics.ReferenceConvergence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Compares accuracies with those of the reference by MLPerf's reference-convergence rule, which is made for one cell: one that
 * is named at its level, or all of them at that level divided by their number.
 *
 * @param only the cell that is compared; empty for all of the reference
 */
public record ConvergenceTier(Optional<CellKey> only) {
    /** Name of the tier. */
    public static final String TIER = "convergence";

    /** One finding a cell. */
    public List<GateFinding> compare(ResultStore measured, ResultStore reference) {
        return compare(measured, reference, cell -> true);
    }

    /**
     * One finding a cell, of some cells.
     *
     * @param chosen which cells of the reference are compared
     */
    public List<GateFinding> compare(ResultStore measured, ResultStore reference, Predicate<CellKey> chosen) {
        ComparableRows rows =
                ComparableRows.of(measured, reference, chosen.and(cell -> only.filter(one -> !one.equals(cell))
                        .isEmpty()));
        List<GateFinding> findings = new ArrayList<>();
        rows.notComparable().stream()
                .map(finding -> GateFinding.of(TIER, finding.name(), finding.status(), finding.detail()))
                .forEach(findings::add);
        List<CellKey> cells = rows.cells();
        double[][] before = rows.reference(cells);
        double[][] after = rows.measured(cells);
        for (int i = 0; i < cells.size(); i++) {
            findings.add(finding(cells.get(i), present(before[i]), present(after[i]), cells.size()));
        }
        return List.copyOf(findings);
    }

    private static double[] present(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    private static GateFinding finding(CellKey cell, double[] before, double[] after, int cells) {
        if (Math.min(before.length, after.length) < ReferenceConvergence.FEWEST) {
            return cannotTell(
                    cell,
                    String.format(
                            Locale.ROOT,
                            "the rule needs %d seeds on each side, the reference has %d and the run %d",
                            ReferenceConvergence.FEWEST,
                            before.length,
                            after.length));
        }
        if (after.length > before.length) {
            return cannotTell(
                    cell,
                    String.format(
                            Locale.ROOT,
                            "the rule keeps its level only where the reference has as many seeds as the run; it has %d,"
                                    + " the run %d",
                            before.length,
                            after.length));
        }
        ReferenceConvergence rule = ReferenceConvergence.of(before, after, ReferenceConvergence.LEVEL / cells);
        if (!rule.isDecisive()) {
            return cannotTell(cell, "with three seeds on each side the rule has no limit; one of them needs four");
        }
        return new GateFinding(
                TIER,
                cell.toString(),
                rule.passes() ? Status.SAME : Status.REGRESSION,
                detail(rule, before.length, after.length, cells),
                OptionalDouble.of(rule.candidateMean()));
    }

    private static GateFinding cannotTell(CellKey cell, String why) {
        return GateFinding.of(TIER, cell.toString(), Status.CANNOT_TELL, why);
    }

    private static String detail(ReferenceConvergence rule, int before, int after, int cells) {
        return String.format(
                Locale.ROOT,
                "mean %.2f of %d seeds without their extremes, limit %.2f from %d seeds with mean %.2f, %s",
                rule.candidateMean(),
                after,
                rule.limit(),
                before,
                rule.mean(),
                level(cells));
    }

    /** For example {@code level 0.05 / 30 cells = 0.0017}. */
    static String level(int cells) {
        return cells == 1
                ? String.format(Locale.ROOT, "level %.2f of one cell", ReferenceConvergence.LEVEL)
                : String.format(
                        Locale.ROOT,
                        "level %.2f / %d cells = %.4f",
                        ReferenceConvergence.LEVEL,
                        cells,
                        ReferenceConvergence.LEVEL / cells);
    }
}
