package io.maeharness.cli;

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
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say by which rule accuracies are compared, and which drops count. */
final class AccuracyOptions {
    private static final String GATE = "gate";
    private static final String RCP = "rcp";

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            defaultValue = GATE,
            description = "gate: every cell against the others, and all together, 5 %% of false alarms in all; rcp:"
                    + " MLPerf's reference-convergence rule, cell by cell at 5 %% divided by their number"
                    + " (default: ${DEFAULT-VALUE})")
    private String rule = GATE;

    @Option(
            names = "--cell",
            paramLabel = "TABLE/CASE/METRIC",
            description = "with --rule rcp: this cell alone, at 5 %%")
    private Optional<String> cell = Optional.empty();

    @Option(
            names = "--minimum",
            paramLabel = "POINTS",
            defaultValue = "0.5",
            description = "with --rule gate: a smaller drop of one cell against the others never counts"
                    + " (default: ${DEFAULT-VALUE})")
    private double minimum;

    @Option(
            names = "--minimum-all",
            paramLabel = "POINTS",
            defaultValue = "0.2",
            description = "with --rule gate: a smaller drop of the mean over all cells never counts"
                    + " (default: ${DEFAULT-VALUE})")
    private double minimumOfAll;

    /**
     * Checks the options against each other.
     *
     * @throws HarnessException of kind USAGE when they do not fit
     */
    void requireSense() {
        if (!Set.of(GATE, RCP).contains(rule)) {
            throw new HarnessException(Kind.USAGE, "--rule is gate or rcp, got '" + rule + "'");
        }
        if (cell.isPresent() && !rule.equals(RCP)) {
            throw new HarnessException(
                    Kind.USAGE, "--cell belongs to --rule rcp; the gate's own rule compares a cell with the others");
        }
    }

    /** What the rule is called in a report; empty for the gate's own. */
    String ruleInWords() {
        if (!rule.equals(RCP)) {
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
        if (rule.equals(RCP)) {
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
