package io.maeharness.workbench.gate;

import io.maeharness.core.config.NearestName;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.AccuracyTier;
import io.maeharness.results.gate.ConvergenceTier;
import io.maeharness.results.gate.GateFinding;
import io.maeharness.results.statistics.GateRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * By which rule accuracies are compared, and which drops count.
 *
 * @param convergence whether by MLPerf's reference-convergence rule instead of the gate's own
 * @param cell for MLPerf's rule: this cell alone, {@code table/case/metric}, at 5 %
 * @param minimum for the gate's own rule: a smaller drop of one cell against the others never counts, points
 * @param minimumOfAll for the gate's own rule: a smaller drop of the mean over all cells never counts, points
 */
public record AccuracyRule(boolean convergence, Optional<String> cell, double minimum, double minimumOfAll) {
    /** What the rule is called in a report; empty for the gate's own. */
    String inWords() {
        if (!convergence) {
            return "";
        }
        return " by MLPerf's reference-convergence rule, at the level of 5 %"
                + (cell.isPresent() ? "" : " divided by the number of cells");
    }

    /**
     * The findings of the rule.
     *
     * @param chosen which cells of the reference are compared
     * @throws HarnessException of kind USAGE when the reference has no such cell
     */
    List<GateFinding> compare(ResultStore measured, ResultStore reference, Predicate<CellKey> chosen) {
        if (convergence) {
            return new ConvergenceTier(cell.map(name -> named(name, reference))).compare(measured, reference, chosen);
        }
        GateRule standard = GateRule.STANDARD;
        GateRule own = new GateRule(standard.cellLevel(), standard.globalLevel(), minimum, minimumOfAll);
        return new AccuracyTier(own).compare(measured, reference, chosen);
    }

    private static CellKey named(String name, ResultStore reference) {
        var known = reference.rows().stream()
                .map(ResultRow::cell)
                .distinct()
                .collect(Collectors.toMap(
                        key -> key.table() + "/" + key.caseKey() + "/" + key.metric(), Function.identity()));
        if (!known.containsKey(name)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--cell: the reference has no " + name
                            + (known.isEmpty() ? "" : "; did you mean " + NearestName.of(name, known.keySet()) + "?"));
        }
        return known.get(name);
    }
}
